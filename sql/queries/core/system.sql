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

-- The newest row of each name, and who set it; none: the command line.
-- settings_set :many () -> (name: text, value: text, id: int, set_at: time, by: text?)
select s.name, s.value, s.id, s.set_at, a.name as by from setting s left join account a on a.id = s.set_by
where s.id = (select max(t.id) from setting t where t.name = s.name)

-- setting_history :many (name: text, limit: int) -> (value: text, id: int, set_at: time, by: text?, reason: text)
select s.value, s.id, s.set_at, a.name as by, s.reason from setting s left join account a on a.id = s.set_by
where s.name = :name order by s.id desc limit :limit

-- setting_insert :exec (name: text, value: text, now: time, account: account_id?, reason: text)
insert into setting (name, value, set_at, set_by, reason) values (:name, :value, :now, :account, :reason)

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
    select 0, state, coalesce(period_end, ''), -1 * count(*) from member where @seen(member) group by state, coalesce(period_end, '')
    union all
    select company_id, state, coalesce(period_end, ''), -1 * count(*) from member
    where company_id is not null and @seen(member) group by company_id, state, coalesce(period_end, '')
) d
group by d.scope, d.state, d.period_end having sum(d.n) <> 0
limit :limit

-- upgrade_step_at :one (name: text) -> (behind: int, done: bool)
select behind, done from upgrade_step where name = :name

-- upgrade_step_set :exec (name: text, behind: int, done: bool)
insert into upgrade_step (name, behind, done) values (:name, :behind, :done)
on conflict (name) do update set behind = excluded.behind, done = excluded.done
