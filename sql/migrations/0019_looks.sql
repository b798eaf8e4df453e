-- 待复核: a delicate act and who did it, until another account with the same role has looked at it. role: bits of the roles that
-- may. waits: it is carried out only then, by what is sealed here; refused: it never was.
create table look (
    id @id,
    uid @bytes not null unique,
    what @text not null,
    role @int not null,
    account_id @int references account (id),
    member_id @int references member (id),
    waits @bool not null check (waits in (0, 1)),
    refused @bool not null default 0 check (refused in (0, 1)),
    detail_sealed @bytes not null,
    made_at @int not null,
    looked_at @int,
    looked_by @int references account (id)
) @strict;
create index look_open on look (id) where looked_at is null;
create index look_member on look (member_id) where looked_at is null;

-- Somebody who may register although the rules of eligibility say no: known by the ID number before there is a person.
create table eligibility_exception (
    id @id,
    uid @bytes not null unique,
    id_index @bytes not null unique,
    detail_sealed @bytes not null,
    account_id @int references account (id),
    in_force @bool not null check (in_force in (0, 1)),
    made_at @int not null
) @strict;
