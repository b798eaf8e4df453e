-- A draft is found again by its ID number and password; a photo that is kept with a refused form is linked, so that the
-- one it replaces can go at once: one for each account and person.
create index draft_number on draft (id_index);

create table kept_photo (
    account_id @int not null references account (id),
    member_id @int not null references member (id),
    file_id @int not null references file (id),
    made_at @int not null,
    primary key (account_id, member_id)
) @strict;
create index kept_photo_file on kept_photo (file_id);
create index kept_photo_made on kept_photo (made_at);
