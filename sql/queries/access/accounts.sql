-- row account_full (id: account_id, side: text, login: text, name: text, member_id: member_id?, company_id: company_id?,
--   main: bool, roles: int, password: text, must_change: bool, onetime: int, password_at: time, enabled: bool, created_at: time,
--   login_at: time?, failures: int, mobile_sealed: bytes?, view_only: bool, version: int)

-- account_by_login :one (side: text, login: text) -> account_full
select @columns from account where side = :side and login = :login

-- account_by_id :one (id: account_id) -> account_full
select @columns from account where id = :id

-- account_of_company_unscoped :one (company: company_id) -> account_full
select @columns from account where company_id = :company and main = 1

-- account_of_member_unscoped :one (member: member_id) -> account_full
select @columns from account where member_id = :member

-- account_insert :one (side: text, login: text, name: text, member: member_id?, company: company_id?, main: bool,
--   roles: int, password: text, must_change: bool, onetime: int, mobile_sealed: bytes?, view_only: bool, now: time)
-- -> (id: account_id)
insert into account (side, login, name, member_id, company_id, main, roles, password, must_change, onetime, password_at,
    mobile_sealed, view_only, enabled, created_at, version)
values (:side, :login, :name, :member, :company, :main, :roles, :password, :must_change, :onetime, :now, :mobile_sealed,
    :view_only, 1, :now, 1)
on conflict (side, login) do nothing
returning id

-- account_set_password :exec (id: account_id, password: text, must_change: bool, onetime: int, now: time)
update account set password = :password, must_change = :must_change, onetime = :onetime, password_at = :now,
    version = version + 1
where id = :id

-- No row: it was changed, or the account disabled, since `before` was read. Holds the account until the end of the
-- transaction.
-- account_change_password :exec (id: account_id, before: text, password: text, now: time)
update account set password = :password, must_change = 0, onetime = 0, password_at = :now, version = version + 1
where id = :id and password = :before and enabled = 1

-- The same for a login with the password that was verified; `password` is that, or made anew with today's costs.
-- account_enter :exec (id: account_id, verified: text, password: text, onetime: int, now: time)
update account set password = :password, onetime = :onetime, login_at = :now, failures = 0
where id = :id and password = :verified and enabled = 1

-- account_count_failure :exec (id: account_id)
update account set failures = failures + 1 where id = :id

-- accounts_behind :many (above: account_id, limit: int) -> account_full
select @columns from account where id > :above order by id limit :limit

-- account_reseal :exec (id: account_id, password: text)
update account set password = :password where id = :id

-- account_set_name :exec (id: account_id, name: text)
update account set name = :name, version = version + 1 where id = :id

-- Another ID number logs in; the password is sealed for it.
-- account_set_login :exec (id: account_id, login: text, password: text)
update account set login = :login, password = :password, version = version + 1 where id = :id

-- What every request asks: who holds this token. A disabled account or company has no session.
-- row session_full (id: session_id, created_at: time, seen_at: time, proved_at: time, account_id: account_id,
--   side: text, name: text, member_id: member_id?, company_id: company_id?, main: bool, view_only: bool, roles: int,
--   must_change: bool, onetime: int, password_at: time, has_totp: bool, company_name: text?, member_state: text?)

-- session_by_token :one (token_hash: bytes) -> session_full
select s.id, s.created_at, s.seen_at, s.proved_at, a.id, a.side, a.name, a.member_id, a.company_id, a.main, a.view_only, a.roles,
    a.must_change, a.onetime, a.password_at, case when t.account_id is null then 0 else 1 end,
    coalesce(c.name, e.name), m.state
from session s
join account a on a.id = s.account_id
left join company c on c.id = a.company_id
left join member m on m.id = a.member_id
left join company e on e.id = m.company_id
left join totp t on t.account_id = a.id
where s.token_hash = :token_hash and a.enabled = 1 and coalesce(c.enabled, 1) = 1

-- The same of a session that is in no table (app/access/adrift.h), while the account still has the password that it was
-- opened with.
-- session_of_account :one (account: account_id, password: text, since: time, seen: time) -> session_full
select cast(0 as bigint), cast(:since as bigint), cast(:seen as bigint), cast(:since as bigint), a.id, a.side, a.name, a.member_id, a.company_id,
    a.main, a.view_only, a.roles, a.must_change, a.onetime, a.password_at,
    case when t.account_id is null then 0 else 1 end, coalesce(c.name, e.name), m.state
from account a
left join company c on c.id = a.company_id
left join member m on m.id = a.member_id
left join company e on e.id = m.company_id
left join totp t on t.account_id = a.id
where a.id = :account and a.password = :password and a.enabled = 1 and coalesce(c.enabled, 1) = 1

-- session_insert :exec (token_hash: bytes, account: account_id, since: time, seen: time, device_sealed: bytes?,
--   address_sealed: bytes?, before: time?, failures: int)
insert into session (token_hash, account_id, created_at, seen_at, proved_at, device_sealed, address_sealed, before_at, failures)
values (:token_hash, :account, :since, :seen, :since, :device_sealed, :address_sealed, :before, :failures)

-- The password was typed again.
-- session_prove :exec (token_hash: bytes, account: account_id, now: time)
update session set proved_at = :now where token_hash = :token_hash and account_id = :account

-- session_touch :exec (id: session_id, now: time)
update session set seen_at = :now where id = :id and seen_at < :now

-- session_delete :exec (token_hash: bytes)
delete from session where token_hash = :token_hash

-- sessions_delete_of :exec (account: account_id)
delete from session where account_id = :account

-- sessions_delete_of_company :exec (company: company_id)
delete from session where account_id in (select id from account where company_id = :company)

-- One that is over is not seen any more (app/sessions.c): its last sight alone says when it can go.
-- sessions_delete_old :exec (seen_before: time)
delete from session where seen_at < :seen_before

-- attempt_insert :one (kind: text, subject: bytes, now: time) -> (id: attempt_id)
insert into attempt (kind, subject, made_at) values (:kind, :subject, :now) returning id

-- When the nth newest (from 0) was: as long as that is in the span, there were more than n.
-- attempt_nth :one (kind: text, subject: bytes, n: int) -> (made_at: time)
select made_at from attempt where kind = :kind and subject = :subject order by made_at desc limit 1 offset :n

-- attempts_since :one (kind: text, subject: bytes, since: time) -> (n: int)
select count(*) from attempt where kind = :kind and subject = :subject and made_at > :since

-- attempt_delete :exec (id: attempt_id)
delete from attempt where id = :id

-- attempts_clear :exec (kind: text, subject: bytes)
delete from attempt where kind = :kind and subject = :subject

-- attempts_delete_old :exec (before: time)
delete from attempt where made_at < :before

-- Holds the subject until the end of the transaction: nobody else counts or adds meanwhile.
-- attempt_turn_take :exec (kind: text, subject: bytes, now: time)
insert into attempt_turn (kind, subject, taken_at) values (:kind, :subject, :now)
on conflict (kind, subject) do update set taken_at = :now

-- attempt_turns_delete_old :exec (before: time)
delete from attempt_turn where taken_at < :before

-- known_network_put :exec (account: account_id, network: bytes, now: time)
insert into known_network (account_id, network, seen_at) values (:account, :network, :now)
on conflict (account_id, network) do update set seen_at = :now

-- known_network_find :one (account: account_id, network: bytes, since: time) -> (seen_at: time)
select seen_at from known_network where account_id = :account and network = :network and seen_at > :since

-- known_networks_delete_old :exec (before: time)
delete from known_network where seen_at < :before

-- spent_insert :exec (nonce: bytes, until: time)
insert into spent (nonce, until) values (:nonce, :until) on conflict (nonce) do nothing

-- spent_find :one (nonce: bytes) -> (until: time)
select until from spent where nonce = :nonce

-- spent_delete_old :exec (now: time)
delete from spent where until < :now

-- once_insert :exec (account: account_id, token: bytes, location: text, now: time)
insert into once (account_id, token, location, made_at) values (:account, :token, :location, :now)
on conflict (account_id, token) do nothing

-- once_find :one (account: account_id, token: bytes) -> (location: text)
select location from once where account_id = :account and token = :token

-- once_delete_old :exec (before: time)
delete from once where made_at < :before

-- outcome_insert :exec (token: text, account: account_id, what: text, done: int, skipped_sealed: bytes, undoes: text?,
--   now: time)
insert into outcome (token, account_id, what, done, skipped_sealed, undoes, made_at)
values (:token, :account, :what, :done, :skipped_sealed, :undoes, :now)

-- outcome_find :one (token: text, account: account_id) -> (what: text, done: int, skipped_sealed: bytes, undoes: text?,
--   made_at: time)
select what, done, skipped_sealed, undoes, made_at from outcome where token = :token and account_id = :account

-- Which one took this back.
-- outcome_undone :one (undone: text) -> (token: text)
select token from outcome where undoes = :undone

-- outcome_row_insert :exec (token: text, member: member_id, version: int, was_state: text, was_state_at: time,
--   was_reason: text, was_company: company_id?, now: time)
insert into outcome_row (token, member_id, version, was_state, was_state_at, was_reason, was_company_id, made_at)
values (:token, :member, :version, :was_state, :was_state_at, :was_reason, :was_company, :now)

-- row outcome_row_full (member_id: member_id, version: int, was_state: text, was_state_at: time, was_reason: text,
--   was_company_id: company_id?)

-- By id, as people are held.
-- outcome_rows_unscoped :many (token: text) -> outcome_row_full
select @columns from outcome_row where token = :token order by member_id

-- outcome_rows_delete_old :exec (before: time)
delete from outcome_row where made_at < :before

-- outcomes_behind :many (above: int, limit: int) -> (id: int, token: text, skipped_sealed: bytes)
select id, token, skipped_sealed from outcome where id > :above order by id limit :limit

-- outcomes_delete_old :exec (before: time)
delete from outcome where made_at < :before

-- Rows that say how many others found no room: app/access/adrift.h.
-- audit_lost :many (since: time, limit: int) -> (digest: bytes, detail_sealed: bytes)
select a.digest, d.detail_sealed from audit a join audit_detail d on d.number = a.number
where a.event = 'system.trail_lost' and a.at > :since order by a.number desc limit :limit
