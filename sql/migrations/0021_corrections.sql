-- 更正批准日期: what an approval said before, newest last; the period itself holds what is right.
create table period_change (
    id @id,
    period_id @int not null references period (id),
    approved_on @day not null,
    document_no @text not null,
    start_day @day not null,
    end_day @day not null,
    changed_at @int not null
) @strict;
create index period_change_period on period_change (period_id, id);

-- 撤销本次操作: how those were whom a batch was done to, a day; version is what it left behind.
create table outcome_row (
    token @text not null,
    member_id @int not null,
    version @int not null,
    was_state @text not null,
    was_state_at @int not null,
    was_reason @text not null,
    was_company_id @int,
    made_at @int not null,
    primary key (token, member_id)
) @strict;
create index outcome_row_made on outcome_row (made_at);

-- The token of the outcome that this one took back: once.
alter table outcome add column undoes @text;
create unique index outcome_undoes on outcome (undoes) where undoes is not null;
