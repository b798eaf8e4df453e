-- The trail as the auditor reads it: one path each (a person, a company, an account, an event, a span of time, all), away
-- from the newest row (down) and back to it (up). Nobody but app/reports/audit_walk.c calls them.
-- row audit_line (number: int, at: time, account_id: account_id?, side: text, event: text, result: text,
--   member_id: member_id?, company_id: company_id?, batch_id: batch_id?, digest: bytes, address_sealed: bytes?)

-- audit_all_down :many (below: int, limit: int) -> audit_line
select @columns from audit where number < :below order by number desc limit :limit

-- audit_all_up :many (above: int, limit: int) -> audit_line
select @columns from audit where number > :above order by number limit :limit

-- audit_member_down_unscoped :many (member: member_id, below: int, limit: int) -> audit_line
select @columns from audit where member_id = :member and number < :below order by number desc limit :limit

-- audit_member_up_unscoped :many (member: member_id, above: int, limit: int) -> audit_line
select @columns from audit where member_id = :member and number > :above order by number limit :limit

-- audit_company_down_unscoped :many (company: company_id, below: int, limit: int) -> audit_line
select @columns from audit where company_id = :company and number < :below order by number desc limit :limit

-- audit_company_up_unscoped :many (company: company_id, above: int, limit: int) -> audit_line
select @columns from audit where company_id = :company and number > :above order by number limit :limit

-- audit_account_down :many (account: account_id, below: int, limit: int) -> audit_line
select @columns from audit where account_id = :account and number < :below order by number desc limit :limit

-- audit_account_up :many (account: account_id, above: int, limit: int) -> audit_line
select @columns from audit where account_id = :account and number > :above order by number limit :limit

-- audit_event_down :many (event: text, below: int, limit: int) -> audit_line
select @columns from audit where event = :event and number < :below order by number desc limit :limit

-- audit_event_up :many (event: text, above: int, limit: int) -> audit_line
select @columns from audit where event = :event and number > :above order by number limit :limit

-- By the clock, which may have been set back between two rows; :at is not above the end of the span.
-- audit_days_down :many (from: time, at: time, below: int, limit: int) -> audit_line
select @columns from audit where at >= :from and at <= :at and (at < :at or number < :below)
order by at desc, number desc limit :limit

-- audit_days_up :many (at: time, above: int, to: time, limit: int) -> audit_line
select @columns from audit where at >= :at and at < :to and (at > :at or number > :above)
order by at, number limit :limit

-- What a row is about, in words.
-- audit_told_unscoped :one (number: int)
-- -> (login: text?, account_name: text?, member_name: text?, member_uid: bytes?, member_key_sealed: bytes?,
--   company_name: text?, batch_number: text?, detail_sealed: bytes?)
select case when a.side = 'staff' then a.login end, a.name, m.name, m.uid, m.data_key_sealed, c.name, b.number,
    d.detail_sealed
from audit t left join audit_detail d on d.number = t.number left join account a on a.id = t.account_id
left join member m on m.id = t.member_id left join company c on c.id = t.company_id
left join batch b on b.id = t.batch_id
where t.number = :number

-- audit_accounts_of :many (company: company_id, limit: int) -> (id: account_id)
select id from account where company_id = :company order by id limit :limit
