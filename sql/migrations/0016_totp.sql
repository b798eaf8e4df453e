-- A second factor of an account (RFC 6238): the secret, and the newest step whose code was used, for each is good once.
create table totp (
    account_id @int primary key references account (id),
    uid @bytes not null unique,
    secret_sealed @bytes not null,
    last_step @int not null,
    on_at @int not null
) @strict;

-- Codes on paper for who lost the device, by keyed hash; each works once.
create table totp_recovery (
    account_id @int not null references account (id),
    code_index @bytes not null,
    used_at @int,
    primary key (account_id, code_index)
) @strict;
