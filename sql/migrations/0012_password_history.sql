-- Passwords that somebody had chosen and changed since: the newest of an account are not used again.
create table password_history (
    id @id,
    uid @bytes not null unique,
    account_id @int not null references account (id),
    password @text not null,
    replaced_at @int not null
) @strict;
create index password_history_account on password_history (account_id, id);
