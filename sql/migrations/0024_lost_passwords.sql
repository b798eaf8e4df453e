-- 忘记密码: what somebody who could not log in chose as the new password. It waits for the code that they were given to be
-- told to a clerk (app/access/lost.h). password: the sealed hash, empty once this is over. unfit: why the account cannot have it
-- (0: it can). network: keyed hash of account and network. refused: others that found no place beside it. paper_id: the
-- stamped form by which it was decided.
create table lost_password (
    id @id,
    uid @bytes not null unique,
    account_id @int not null references account (id),
    password @text not null,
    unfit @int not null check (unfit in (0, 1, 2)),
    code_index @bytes not null,
    network @bytes not null,
    tries @int not null,
    refused @int not null,
    state @text not null check (state in ('pending', 'granted', 'cancelled', 'wrong', 'unfit', 'replaced', 'ended')),
    asked_at @int not null,
    good_until @int not null,
    ended_at @int,
    ended_by @int,
    paper_id @int references file (id)
) @strict;
create index lost_password_account on lost_password (account_id, id);
create index lost_password_pending on lost_password (good_until, id) where state = 'pending';
create index lost_password_over on lost_password (good_until);
create index lost_password_paper on lost_password (paper_id) where paper_id is not null;
