-- Names whose folded forms are made anew when a version folds otherwise.

-- refold_companies :many (above: int, limit: int) -> (id: int, company_id: company_id, name: text, folded: text,
--   present: bool)
select id, company_id, name, folded, cast(case when to_day is null then 1 else 0 end as bigint) from company_name
where id > :above order by id limit :limit

-- Nothing where another company has that name by now: it keeps what it had.
-- refold_company :exec (id: company_id, folded: text)
update company set folded = :folded
where id = :id and not exists (select 1 from company o where o.folded = :folded and o.id <> :id)

-- refold_company_name :exec (id: int, folded: text, searched: text)
update company_name set folded = :folded, searched = :searched where id = :id

-- refold_members :many (above: member_id, limit: int) -> (id: member_id, company_id: company_id?, name: text)
select id, company_id, name from member where id > :above order by id limit :limit
