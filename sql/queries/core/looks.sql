-- row look_full (id: look_id, uid: bytes, what: text, role: int, account_id: account_id?, member_id: member_id?, waits: bool,
--   refused: bool, detail_sealed: bytes, made_at: time, looked_at: time?)

-- row look_line (id: look_id, uid: bytes, what: text, role: int, account_id: account_id?, member_id: member_id?, waits: bool,
--   refused: bool, detail_sealed: bytes, made_at: time, looked_at: time?, account_name: text?, member_name: text?)

-- look_insert :one (uid: bytes, what: text, role: int, account: account_id?, member: member_id?, waits: bool,
--   detail_sealed: bytes, now: time) -> (id: look_id)
insert into look (uid, what, role, account_id, member_id, waits, detail_sealed, made_at)
values (:uid, :what, :role, :account, :member, :waits, :detail_sealed, :now) returning id

-- look_by_id :one (id: look_id) -> look_full
select @columns from look where id = :id

-- Nobody has looked yet, oldest first. roles: any of these bits.
-- looks_open :many (roles: int, above: look_id, limit: int) -> look_line
select l.id, l.uid, l.what, l.role, l.account_id, l.member_id, l.waits, l.refused, l.detail_sealed, l.made_at, l.looked_at,
    a.name, m.name
from look l left join account a on a.id = l.account_id left join member m on m.id = l.member_id
where l.looked_at is null and (l.role & :roles) <> 0 and l.id > :above order by l.id limit :limit

-- looks_open_back :many (roles: int, below: look_id, limit: int) -> look_line
select l.id, l.uid, l.what, l.role, l.account_id, l.member_id, l.waits, l.refused, l.detail_sealed, l.made_at, l.looked_at,
    a.name, m.name
from look l left join account a on a.id = l.account_id left join member m on m.id = l.member_id
where l.looked_at is null and (l.role & :roles) <> 0 and l.id < :below order by l.id desc limit :limit

-- looks_open_count :one (roles: int) -> (n: int)
select count(*) from look where looked_at is null and (role & :roles) <> 0

-- Whether such an act already waits for this person.
-- look_waiting_unscoped :many (member: member_id, what: text, limit: int) -> (id: look_id)
select id from look where member_id = :member and what = :what and waits = 1 and looked_at is null limit :limit

-- look_close :exec (id: look_id, refused: bool, detail_sealed: bytes, by: account_id?, now: time)
update look set looked_at = :now, looked_by = :by, refused = :refused, detail_sealed = :detail_sealed
where id = :id and looked_at is null

-- looks_behind :many (above: int, limit: int) -> (id: int, uid: bytes, detail_sealed: bytes)
select id, uid, detail_sealed from look where id > :above order by id limit :limit
