-- Imports. What one has written is in the register before anybody sees it: its rows carry the job (import_id), and the job
-- stands in import_hidden until it is committed, and again while it is taken back. Queries ask by @seen (tools/queries.py).
-- Nobody had made a job yet: its table is made anew.
drop table job;

-- step: what of `state` running is done at this moment, up to the row `behind`. why: of one that failed. lease_until, node:
-- who works on it, and until when nobody else does.
create table job (
    id @id,
    uid @bytes not null unique,
    kind @text not null,
    account_id @int references account (id),
    name @text not null,
    file_id @int references file (id),
    photos_id @int references file (id),
    state @text not null check (state in ('waiting', 'running', 'checked', 'committed', 'undone', 'failed')),
    step @text not null,
    behind @int not null,
    done @int not null,
    total @int not null,
    good @int not null,
    bad @int not null,
    why @text not null,
    lease_until @int not null,
    node @text not null,
    created_at @int not null,
    version @int not null
) @strict;
create index job_state on job (state, lease_until, id);
create index job_file on job (file_id);
create index job_photos on job (photos_id);

create table import_hidden (
    job_id @int primary key references job (id)
) @strict;

-- A row of the sheet, until the job is over. key_index, second_index: what may stand in the sheet once (ID number and
-- 会员编号; name and credit code), by hash. verdict: new, known (in the register: left as it is) or bad. open: why it
-- waits in the work list, or ''. fields_sealed: the row as cleaned and what is wrong with it; none once it is in the register.
-- …_before, member_version: of somebody who was there and got a membership: how to take it back, and whether it can be.
create table import_row (
    job_id @int not null references job (id),
    row @int not null,
    key_index @bytes,
    second_index @bytes,
    verdict @text not null check (verdict in ('new', 'known', 'bad')),
    open @text not null,
    fields_sealed @bytes,
    import_company_id @int,
    company_id @int,
    member_id @int,
    period_id @int,
    state_before @text,
    paid_before @int,
    member_version @int,
    primary key (job_id, row),
    unique (job_id, key_index),
    unique (job_id, second_index)
) @strict;
create index import_row_verdict on import_row (job_id, verdict, row);
create index import_row_open on import_row (job_id, row) where open <> '';
create index import_row_member on import_row (member_id);

-- Companies that a sheet of people names and nobody knows: made at commit. near: one that is almost called so.
create table import_company (
    id @id,
    job_id @int not null references job (id),
    name @text not null,
    folded @text not null,
    n @int not null,
    near_id @int references company (id),
    decision @text not null check (decision in ('', 'new', 'near')),
    company_id @int references company (id),
    unique (job_id, folded)
) @strict;
create index import_company_job on import_company (job_id, id);
create index import_company_made on import_company (company_id);
create index import_company_near on import_company (near_id);

-- How the counters move when the job becomes seen.
create table import_count (
    job_id @int not null references job (id),
    scope @int not null,
    state @text not null,
    period_end @text not null,
    n @int not null,
    primary key (job_id, scope, state, period_end)
) @strict;

alter table member add column import_id @int;
alter table member add column paid_years_before @int not null default 0;
alter table company add column import_id @int;
alter table period add column import_id @int;

drop index member_newest;
drop index member_company;
drop index member_company_end;
drop index member_state;
drop index member_end;
drop index member_waiting;
drop index member_name;
create index member_newest on member (company_id, id, name, sex, education, title_level, state, state_at, period_end, version, import_id);
create index member_company on member (company_id, state, id, name, sex, education, title_level, state_at, period_end, version, import_id);
create index member_company_end on member (company_id, state, period_end, id, name, sex, education, title_level, state_at, version, import_id);
create index member_state on member (state, id, import_id);
create index member_end on member (state, period_end, id, import_id);
create index member_waiting on member (state, state_at, id, import_id);
create index member_name on member (state, name, id, import_id);
-- What hangs on whom an import takes back.
create index kept_photo_member on kept_photo (member_id);
create index company_gram_company on company_gram (company_id);
-- Which companies an import has made: to take them back.
create index company_import on company (import_id, id) where import_id is not null;
