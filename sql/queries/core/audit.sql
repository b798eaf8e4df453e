-- audit_lock :exec ()
update audit_head set number = number where id = 1

-- audit_head :one () -> (number: int, mac: bytes)
select number, mac from audit_head where id = 1

-- audit_number :one () -> (number: int)
select number from audit_head where id = 1

-- audit_head_start :exec (mac: bytes)
insert into audit_head (id, number, mac) values (1, 0, :mac) on conflict (id) do nothing

-- audit_head_move :exec (number: int, mac: bytes)
update audit_head set number = :number, mac = :mac where id = 1

-- audit_insert :exec (number: int, at: time, account: account_id?, side: text, event: text, result: text,
--   member: member_id?, company: company_id?, batch: batch_id?, shown: bool, digest: bytes, form: int,
--   address_sealed: bytes?, mac: bytes)
insert into audit (number, at, account_id, side, event, result, member_id, company_id, batch_id, shown, digest,
    form, address_sealed, mac)
values (:number, :at, :account, :side, :event, :result, :member, :company, :batch, :shown, :digest,
    :form, :address_sealed, :mac)

-- audit_detail_insert :exec (number: int, detail_sealed: bytes)
insert into audit_detail (number, detail_sealed) values (:number, :detail_sealed)

-- row audit_full (number: int, at: time, account_id: account_id?, side: text, event: text, result: text,
--   member_id: member_id?, company_id: company_id?, batch_id: batch_id?, shown: bool, digest: bytes, form: int,
--   address_sealed: bytes?, mac: bytes)

-- audit_after :many (above: int, limit: int) -> audit_full
select @columns from audit where number > :above order by number limit :limit

-- audit_mac :one (number: int) -> (mac: bytes)
select mac from audit where number = :number

-- audit_detail_of :one (number: int) -> (detail_sealed: bytes)
select detail_sealed from audit_detail where number = :number

-- A person's own history, newest first: only what is shown to the person.
-- audit_shown_unscoped :many (member: member_id, below: int, limit: int)
-- -> (number: int, at: time, side: text, event: text, result: text, digest: bytes, detail_sealed: bytes?)
select a.number, a.at, a.side, a.event, a.result, a.digest, d.detail_sealed
from audit a left join audit_detail d on d.number = a.number
where a.member_id = :member and a.number < :below and a.shown = 1
order by a.number desc limit :limit

-- The same for a company: with which of its own clerks did it.
-- audit_shown_to_company :many (member: member_id, asking: company_id, below: int, limit: int)
-- -> (number: int, at: time, side: text, event: text, result: text, clerk_name: text?, digest: bytes, detail_sealed: bytes?)
select a.number, a.at, a.side, a.event, a.result, c.name, a.digest, d.detail_sealed
from audit a left join audit_detail d on d.number = a.number
left join account c on c.id = a.account_id and c.company_id = :asking
where a.member_id = :member and a.number < :below and a.shown = 1
order by a.number desc limit :limit

-- Everything about a person, for the association: with who did it.
-- audit_of_member_unscoped :many (member: member_id, below: int, limit: int)
-- -> (number: int, at: time, side: text, event: text, result: text, account_name: text?, digest: bytes,
--   detail_sealed: bytes?)
select a.number, a.at, a.side, a.event, a.result, c.name, a.digest, d.detail_sealed
from audit a left join audit_detail d on d.number = a.number left join account c on c.id = a.account_id
where a.member_id = :member and a.number < :below
order by a.number desc limit :limit

-- The newest row: doctor holds it against the clock.
-- audit_newest :one () -> (number: int, at: time, mac: bytes)
select number, at, mac from audit order by number desc limit 1

-- event_newest :one (event: text, result: text) -> (number: int, at: time)
select number, at from audit where event = :event and result = :result order by number desc limit 1
