-- row print_full (id: print_id, uid: bytes, batch_id: batch_id, number: int, check_code: text, head_sealed: bytes?,
--   printed_at: time)

-- batch_print_last_unscoped :one (batch: batch_id) -> print_full
select @columns from batch_print where batch_id = :batch order by number desc limit 1

-- prints_behind :many (above: print_id, limit: int) -> print_full
select @columns from batch_print where id > :above order by id limit :limit

-- batch_print_insert :one (uid: bytes, batch: batch_id, number: int, check_code: text, head_sealed: bytes?,
--   account: account_id?, now: time) -> (id: print_id)
insert into batch_print (uid, batch_id, number, check_code, head_sealed, account_id, printed_at)
values (:uid, :batch, :number, :check_code, :head_sealed, :account, :now)
returning id

-- row print_item (position: int, member_id: member_id, snapshot_sealed: bytes)

-- batch_print_items :many (print: print_id) -> print_item
select @columns from batch_print_item where print_id = :print order by position

-- batch_print_item_insert :exec (print: print_id, position: int, member: member_id, snapshot_sealed: bytes)
insert into batch_print_item (print_id, position, member_id, snapshot_sealed)
values (:print, :position, :member, :snapshot_sealed)

-- How a person stood on the last print of a batch.
-- batch_print_item_last_unscoped :one (batch: batch_id, member: member_id)
-- -> (uid: bytes, printed_at: time, position: int, snapshot_sealed: bytes)
select p.uid, p.printed_at, i.position, i.snapshot_sealed from batch_print p join batch_print_item i on i.print_id = p.id
where p.batch_id = :batch and i.member_id = :member
  and p.number = (select max(number) from batch_print where batch_id = :batch)

-- What an earlier version kept of its last print, beside the items: to be made a print.
-- batches_print_kept :many (limit: int) -> (id: batch_id, uid: bytes, check_code: text, printed_at: time)
select id, uid, check_code, printed_at from batch
where printed_at is not null and not exists (select 1 from batch_print p where p.batch_id = batch.id)
order by id limit :limit

-- batch_item_resealed :exec (batch: batch_id, member: member_id, snapshot_sealed: bytes?)
update batch_item set snapshot_sealed = :snapshot_sealed where batch_id = :batch and member_id = :member
