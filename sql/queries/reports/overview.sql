-- Since when the longest of them waits.
-- waiting_since :one (state: text) -> (at: time?)
select (select state_at from member where @seen(member) and state = :state order by state_at, id limit 1)

-- The same of a company.
-- waiting_since_of :one (company: company_id, state: text) -> (at: time?)
select min(state_at) from member where @seen(member) and company_id = :company and state = :state

-- waiting_longer :one (state: text, before: time) -> (n: int)
select count(*) from member where @seen(member) and state = :state and state_at < :before
