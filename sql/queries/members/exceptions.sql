-- exception_insert :one (uid: bytes, id_index: bytes, detail_sealed: bytes, account: account_id?, in_force: bool, now: time)
-- -> (id: exception_id)
insert into eligibility_exception (uid, id_index, detail_sealed, account_id, in_force, made_at)
values (:uid, :id_index, :detail_sealed, :account, :in_force, :now)
on conflict (id_index) do nothing
returning id

-- exception_in_force_unscoped :one (id_index: bytes) -> (id: exception_id)
select id from eligibility_exception where id_index = :id_index and in_force = 1

-- exception_put_in_force :exec (id_index: bytes)
update eligibility_exception set in_force = 1 where id_index = :id_index

-- exception_delete :exec (id_index: bytes)
delete from eligibility_exception where id_index = :id_index and in_force = 0

-- row exception_line (id: exception_id, uid: bytes, detail_sealed: bytes, in_force: bool, made_at: time, account_name: text?,
--   member_id: member_id?)

-- exceptions_newest :many (below: exception_id, limit: int) -> exception_line
select e.id, e.uid, e.detail_sealed, e.in_force, e.made_at, a.name, m.id
from eligibility_exception e left join account a on a.id = e.account_id left join member m on m.id_index = e.id_index
where e.id < :below order by e.id desc limit :limit

-- exceptions_newest_back :many (above: exception_id, limit: int) -> exception_line
select e.id, e.uid, e.detail_sealed, e.in_force, e.made_at, a.name, m.id
from eligibility_exception e left join account a on a.id = e.account_id left join member m on m.id_index = e.id_index
where e.id > :above order by e.id limit :limit

-- exceptions_count :one () -> (n: int)
select count(*) from eligibility_exception

-- exceptions_behind :many (above: int, limit: int) -> (id: int, uid: bytes, detail_sealed: bytes)
select id, uid, detail_sealed from eligibility_exception where id > :above order by id limit :limit
