-- Since when the longest of them waits.
-- waiting_since :one (state: text) -> (at: time?)
select (select state_at from member where @seen(member) and state = :state order by state_at, id limit 1)

-- The same of the company that asks.
-- waiting_since_of :one (asking: company_id, state: text) -> (at: time?)
select min(state_at) from member where @seen(member) and company_id = :asking and state = :state

-- waiting_longer :one (state: text, before: time) -> (n: int)
select count(*) from member where @seen(member) and state = :state and state_at < :before
