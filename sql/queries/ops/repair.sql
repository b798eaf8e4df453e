-- Copies made anew from what they copy (app/ops/repair.h).

-- repair_period_ends :exec ()
update member set period_end = (select p.end_day from period p where p.member_id = member.id and p.voided_at is null
                                order by p.end_day desc, p.id desc limit 1)
where coalesce(period_end, '') <>
      coalesce((select p.end_day from period p where p.member_id = member.id and p.voided_at is null
                order by p.end_day desc, p.id desc limit 1), '')

-- repair_employers :exec ()
update member set company_id = (select e.company_id from employment e where e.member_id = member.id and e.to_day is null)
where coalesce(company_id, 0) <>
      coalesce((select e.company_id from employment e where e.member_id = member.id and e.to_day is null), 0)

-- Whose name is not in the search index, or at another company.
-- repair_names :many () -> (id: member_id, company_id: company_id?, name: text)
select m.id, m.company_id, m.name from member m
where not exists (select 1 from member_gram g where g.member_id = m.id and g.company_id = coalesce(m.company_id, 0))

-- repair_counters_clear :exec ()
delete from counter

-- As counters_wrong counts them: what an import has not committed is not there.
-- repair_counters_fill :exec ()
insert into counter (scope, state, period_end, n)
select 0, state, coalesce(period_end, ''), count(*) from member where @seen(member) group by state, coalesce(period_end, '')
union all
select company_id, state, coalesce(period_end, ''), count(*) from member
where company_id is not null and @seen(member) group by company_id, state, coalesce(period_end, '')
