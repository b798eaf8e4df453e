-- A password that was given out works once: 1 it waits for its login, 2 it had it; 0 a person chose it.
alter table account add column onetime @int not null default 0 check (onetime in (0, 1, 2));
update account set onetime = 1 where must_change = 1 and side = 'company';

-- Networks from which an account was logged in to, by keyed hash: they keep a way in when the others are locked.
create table known_network (
    account_id @int not null references account (id),
    network @bytes not null,
    seen_at @int not null,
    primary key (account_id, network)
) @strict;
create index known_network_seen on known_network (seen_at);

-- One row for each subject of `attempt`: who counts its attempts holds this row, so that tries at the same time are
-- counted one after another.
create table attempt_turn (
    kind @text not null,
    subject @bytes not null,
    taken_at @int not null,
    primary key (kind, subject)
) @strict;
create index attempt_turn_taken on attempt_turn (taken_at);

-- Whose sessions end with a company.
create index account_company on account (company_id);
