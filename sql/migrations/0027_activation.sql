-- 激活条: a code on paper for a person without a password, by keyed hash. One a person, the newest; it works once.
create table activation (
    member_id @int primary key references member (id),
    code_index @bytes not null unique,
    made_at @int not null,
    good_until @int not null,
    used_at @int
) @strict;
