-- Two companies that became one: what its undoing needs. from_company, into_company as company.merged_into says while it
-- stands. taken_from: a name, or a clerk, that came from that company.
create table company_merge (
    token @text primary key,
    from_company @int not null references company (id),
    into_company @int not null references company (id),
    effective_on @day not null,
    from_enabled @bool not null check (from_enabled in (0, 1)),
    made_at @int not null
) @strict;
alter table company_name add column taken_from @int references company (id);
alter table account add column taken_from @int references company (id);
create index account_taken on account (taken_from) where taken_from is not null;
