-- What doctor compares. Limits keep a broken database from answering with all of it.

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

-- Those of the newest people whose name is not in the search index.
-- grams_missing :many (looked_at: int) -> (id: member_id)
select m.id from (select id, company_id from member order by id desc limit :looked_at) m
where not exists (select 1 from member_gram g where g.member_id = m.id and g.company_id = coalesce(m.company_id, 0))

-- Rows that say how many others found no room: app/access/adrift.h.
-- audit_lost :many (since: time, limit: int) -> (detail_sealed: bytes)
select d.detail_sealed from audit a join audit_detail d on d.number = a.number
where a.event = 'system.trail_lost' and a.at > :since order by a.number desc limit :limit

-- Beside the head of the trail, and the clock.
-- audit_newest :one () -> (number: int, at: time, mac: bytes)
select number, at, mac from audit order by number desc limit 1

-- What is printed of people.
-- texts_printed :many (above: member_id, limit: int) -> (id: member_id, name: text, major: text, post: text)
select id, name, major, post from member where id > :above order by id limit :limit
