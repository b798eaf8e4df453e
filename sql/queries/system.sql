-- meta_get :one (name: text) -> (value: text)
select value from meta where name = :name

-- meta_set :exec (name: text, value: text)
insert into meta (name, value) values (:name, :value) on conflict (name) do nothing

-- The newest row of each name.
-- settings :many () -> (name: text, value: text)
select s.name, s.value from setting s
where s.id = (select max(t.id) from setting t where t.name = s.name)

-- setting_insert :exec (name: text, value: text, now: time, account: account_id?)
insert into setting (name, value, set_at, set_by) values (:name, :value, :now, :account)

-- series_next :one (name: text, by: int) -> (last: int)
insert into series (name, last) values (:name, :by)
on conflict (name) do update set last = series.last + :by
returning last

-- alive :one () -> (n: int)
select count(*) from meta where name = 'key_check'

-- The newest row of the trail: for doctor, beside its head and the clock.
-- audit_newest :one () -> (number: int, at: time, mac: bytes)
select number, at, mac from audit order by number desc limit 1

-- Those of the newest people whose name is not in the search index: for doctor.
-- grams_missing :many (looked_at: int) -> (id: member_id)
select m.id from (select id, company_id from member order by id desc limit :looked_at) m
where not exists (select 1 from member_gram g where g.member_id = m.id and g.company_id = coalesce(m.company_id, 0))
