-- row privacy_text (id: int, version: text, in_force_from: day, text: text, own: bool)

-- Of those whose day has come the latest; the program's own is behind all others.
-- privacy_in_force :one (today: day) -> privacy_text
select @columns from privacy_version where own = 1 or in_force_from <= :today
order by own, in_force_from desc, id desc limit 1

-- privacy_by_version :one (version: text) -> privacy_text
select @columns from privacy_version where version = :version

-- Newest first.
-- privacy_versions :many (limit: int) -> (id: int, version: text, in_force_from: day, own: bool, reason: text,
--   set_at: time, by: text?)
select v.id, v.version, v.in_force_from, v.own, v.reason, v.set_at, a.name as by
from privacy_version v left join account a on a.id = v.set_by order by v.id desc limit :limit

-- privacy_insert :exec (version: text, in_force_from: day, text: text, reason: text, now: time, account: account_id?)
insert into privacy_version (version, in_force_from, text, own, reason, set_at, set_by)
values (:version, :in_force_from, :text, 0, :reason, :now, :account)
on conflict (version) do nothing

-- consent_insert :exec (account: account_id, kind: text, text_version: text, now: time)
insert into consent (account_id, kind, text_version, given_at) values (:account, :kind, :text_version, :now)
on conflict (account_id, text_version, kind) do nothing

-- How many of the two are given to the version in force.
-- consents_standing :one (account: account_id, today: day) -> (n: int)
select count(*) from consent c where c.account_id = :account and c.text_version =
    (select v.version from privacy_version v where v.own = 1 or v.in_force_from <= :today
     order by v.own, v.in_force_from desc, v.id desc limit 1)

-- consents_of_nothing :many (before_versions: text, limit: int) -> (id: int)
select c.id from consent c
where c.text_version <> :before_versions and not exists (select 1 from privacy_version v where v.version = c.text_version)
limit :limit

-- subject_of_account :one (account: account_id) -> (id: member_id, uid: bytes, data_key_sealed: bytes)
select m.id, m.uid, m.data_key_sealed from account a join member m on m.id = a.member_id where a.id = :account
