-- meta_get :one (name: text) -> (value: text)
select value from meta where name = :name

-- meta_set :exec (name: text, value: text)
insert into meta (name, value) values (:name, :value) on conflict (name) do nothing

-- The newest row of each name.
-- settings :many () -> (name: text, value: text)
select s.name, s.value from setting s
where s.id = (select max(t.id) from setting t where t.name = s.name)

-- setting_newest :one () -> (id: int)
select coalesce(max(id), 0) as id from setting

-- setting_insert :exec (name: text, value: text, now: time, account: account_id?)
insert into setting (name, value, set_at, set_by) values (:name, :value, :now, :account)

-- series_next :one (name: text, by: int) -> (last: int)
insert into series (name, last) values (:name, :by)
on conflict (name) do update set last = series.last + :by
returning last

-- alive :one () -> (n: int)
select count(*) from meta where name = 'key_check'

-- Counters that differ from what the people say: stored minus true is not nothing.
-- counters_wrong :many (limit: int) -> (scope: company_id)
select d.scope from (
    select scope, state, period_end, n from counter
    union all
    select 0, state, coalesce(period_end, ''), -1 * count(*) from member group by state, coalesce(period_end, '')
    union all
    select company_id, state, coalesce(period_end, ''), -1 * count(*) from member
    where company_id is not null group by company_id, state, coalesce(period_end, '')
) d
group by d.scope, d.state, d.period_end having sum(d.n) <> 0
limit :limit

-- upgrade_step_at :one (name: text) -> (behind: int, done: bool)
select behind, done from upgrade_step where name = :name

-- upgrade_step_set :exec (name: text, behind: int, done: bool)
insert into upgrade_step (name, behind, done) values (:name, :behind, :done)
on conflict (name) do update set behind = excluded.behind, done = excluded.done
