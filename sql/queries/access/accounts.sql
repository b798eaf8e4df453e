-- row account_full (id: account_id, side: text, login: text, name: text, member_id: member_id?, company_id: company_id?,
--   main: bool, roles: int, password: text, must_change: bool, password_at: time, enabled: bool, version: int)

-- account_by_login :one (side: text, login: text) -> account_full
select @columns from account where side = :side and login = :login

-- account_by_id :one (id: account_id) -> account_full
select @columns from account where id = :id

-- account_of_company :one (company: company_id) -> account_full
select @columns from account where company_id = :company and main = 1

-- account_of_member :one (member: member_id) -> account_full
select @columns from account where member_id = :member

-- account_insert :one (side: text, login: text, name: text, member: member_id?, company: company_id?, main: bool,
--   roles: int, password: text, must_change: bool, now: time) -> (id: account_id)
insert into account (side, login, name, member_id, company_id, main, roles, password, must_change, password_at, enabled,
    created_at, version)
values (:side, :login, :name, :member, :company, :main, :roles, :password, :must_change, :now, 1, :now, 1)
on conflict (side, login) do nothing
returning id

-- account_set_password :exec (id: account_id, password: text, must_change: bool, now: time)
update account set password = :password, must_change = :must_change, password_at = :now, version = version + 1
where id = :id

-- account_set_name :exec (id: account_id, name: text)
update account set name = :name, version = version + 1 where id = :id

-- account_set_enabled :exec (id: account_id, enabled: bool)
update account set enabled = :enabled, version = version + 1 where id = :id

-- What every request asks: who holds this token. A disabled account or company has no session.
-- session_by_token :one (token_hash: bytes) -> (id: session_id, created_at: time, seen_at: time, account_id: account_id,
--   side: text, name: text, member_id: member_id?, company_id: company_id?, main: bool, roles: int, must_change: bool,
--   company_name: text?, member_state: text?)
select s.id, s.created_at, s.seen_at, a.id, a.side, a.name, a.member_id, a.company_id, a.main, a.roles, a.must_change,
    coalesce(c.name, e.name), m.state
from session s
join account a on a.id = s.account_id
left join company c on c.id = a.company_id
left join member m on m.id = a.member_id
left join company e on e.id = m.company_id
where s.token_hash = :token_hash and a.enabled = 1 and coalesce(c.enabled, 1) = 1

-- session_insert :exec (token_hash: bytes, account: account_id, now: time)
insert into session (token_hash, account_id, created_at, seen_at) values (:token_hash, :account, :now, :now)

-- session_touch :exec (id: session_id, now: time)
update session set seen_at = :now where id = :id and seen_at < :now

-- session_delete :exec (token_hash: bytes)
delete from session where token_hash = :token_hash

-- sessions_delete_of :exec (account: account_id)
delete from session where account_id = :account

-- One that is over is not seen any more (app/sessions.c): its last sight alone says when it can go.
-- sessions_delete_old :exec (seen_before: time)
delete from session where seen_at < :seen_before

-- attempt_insert :exec (kind: text, subject: bytes, now: time)
insert into attempt (kind, subject, made_at) values (:kind, :subject, :now)

-- How many since, and when the oldest of them was: it says how long to wait.
-- attempts_since :one (kind: text, subject: bytes, since: time) -> (n: int, oldest: time)
select count(*), coalesce(min(made_at), 0) from attempt
where kind = :kind and subject = :subject and made_at > :since

-- attempts_clear :exec (kind: text, subject: bytes)
delete from attempt where kind = :kind and subject = :subject

-- attempts_delete_old :exec (before: time)
delete from attempt where made_at < :before

-- spent_insert :exec (nonce: bytes, until: time)
insert into spent (nonce, until) values (:nonce, :until) on conflict (nonce) do nothing

-- spent_delete_old :exec (now: time)
delete from spent where until < :now

-- once_insert :exec (account: account_id, token: bytes, location: text, now: time)
insert into once (account_id, token, location, made_at) values (:account, :token, :location, :now)
on conflict (account_id, token) do nothing

-- once_find :one (account: account_id, token: bytes) -> (location: text)
select location from once where account_id = :account and token = :token

-- once_delete_old :exec (before: time)
delete from once where made_at < :before

-- outcome_insert :exec (token: text, account: account_id, what: text, done: int, skipped_sealed: bytes, now: time)
insert into outcome (token, account_id, what, done, skipped_sealed, made_at)
values (:token, :account, :what, :done, :skipped_sealed, :now)

-- outcome_find :one (token: text, account: account_id) -> (what: text, done: int, skipped_sealed: bytes, made_at: time)
select what, done, skipped_sealed, made_at from outcome where token = :token and account_id = :account

-- outcomes_delete_old :exec (before: time)
delete from outcome where made_at < :before
