-- row batch_full (id: batch_id, uid: bytes, token: text, company_id: company_id, kind: text, number: text,
--   check_code: text, printed_at: time?, closed_at: time?, closed_why: text?, created_at: time, version: int)

-- batch_open_of_unscoped :one (company: company_id, kind: text) -> batch_full
select @columns from batch where company_id = :company and kind = :kind and closed_at is null

-- batch_by_id_unscoped :one (id: batch_id) -> batch_full
select @columns from batch where id = :id

-- batch_by_token_unscoped :one (token: text) -> batch_full
select @columns from batch where token = :token

-- batch_insert :one (uid: bytes, token: text, company: company_id, kind: text, number: text, now: time) -> (id: batch_id)
insert into batch (uid, token, company_id, kind, number, check_code, created_at, version)
values (:uid, :token, :company, :kind, :number, '', :now, 1)
on conflict (company_id, kind) where closed_at is null do nothing
returning id

-- Every change of a batch begins here: on PostgreSQL it holds others back until the end.
-- batch_touch :exec (id: batch_id)
update batch set version = version + 1 where id = :id

-- Somebody is about to join: no row when it was closed meanwhile.
-- batch_touch_open :exec (id: batch_id)
update batch set version = version + 1 where id = :id and closed_at is null

-- batch_close :exec (id: batch_id, why: text, now: time)
update batch set closed_at = :now, closed_why = :why, version = version + 1 where id = :id and closed_at is null

-- batches_close_of :exec (company: company_id, why: text, now: time)
update batch set closed_at = :now, closed_why = :why, version = version + 1 where company_id = :company and closed_at is null

-- The last print, for the lists.
-- batch_set_printed :exec (id: batch_id, check_code: text, now: time)
update batch set check_code = :check_code, printed_at = :now where id = :id

-- row batch_line (id: batch_id, token: text, company_id: company_id, company_name: text, kind: text, number: text,
--   printed_at: time?, closed_at: time?, created_at: time, people: int, undecided: int)

-- batches_open_of :many (company: company_id, below: batch_id, limit: int) -> batch_line
select b.id, b.token, b.company_id, c.name, b.kind, b.number, b.printed_at, b.closed_at, b.created_at,
    (select count(*) from batch_item i where i.batch_id = b.id),
    (select count(*) from batch_item i where i.batch_id = b.id and i.decision is null)
from batch b join company c on c.id = b.company_id
where b.company_id = :company and b.closed_at is null and b.id < :below order by b.id desc limit :limit

-- batches_closed_of :many (company: company_id, below: batch_id, limit: int) -> batch_line
select b.id, b.token, b.company_id, c.name, b.kind, b.number, b.printed_at, b.closed_at, b.created_at,
    (select count(*) from batch_item i where i.batch_id = b.id),
    (select count(*) from batch_item i where i.batch_id = b.id and i.decision is null)
from batch b join company c on c.id = b.company_id
where b.company_id = :company and b.closed_at is not null and b.id < :below order by b.id desc limit :limit

-- Those that hold someone who waits; found by them, as they are few among all that ever were.
-- batches_waiting :many (below: batch_id, limit: int) -> batch_line
select b.id, b.token, b.company_id, c.name, b.kind, b.number, b.printed_at, b.closed_at, b.created_at,
    (select count(*) from batch_item i where i.batch_id = b.id),
    (select count(*) from batch_item i where i.batch_id = b.id and i.decision is null)
from (select distinct batch_id from batch_item where decision is null and batch_id < :below
    order by batch_id desc limit :limit) w
join batch b on b.id = w.batch_id join company c on c.id = b.company_id
order by b.id desc

-- batches_settled :many (below: batch_id, limit: int) -> batch_line
select b.id, b.token, b.company_id, c.name, b.kind, b.number, b.printed_at, b.closed_at, b.created_at,
    (select count(*) from batch_item i where i.batch_id = b.id),
    (select count(*) from batch_item i where i.batch_id = b.id and i.decision is null)
from batch b join company c on c.id = b.company_id
where b.id < :below and not exists (select 1 from batch_item i where i.batch_id = b.id and i.decision is null)
order by b.id desc limit :limit

-- stage: a code of the contract, or ''. part: a pattern over number and folded name of the company. company 0: all.
-- batches_found :many (company: company_id, stage: text, part: text, below: batch_id, limit: int) -> batch_line
select b.id, b.token, b.company_id, c.name, b.kind, b.number, b.printed_at, b.closed_at, b.created_at,
    (select count(*) from batch_item i where i.batch_id = b.id),
    (select count(*) from batch_item i where i.batch_id = b.id and i.decision is null)
from batch b join company c on c.id = b.company_id
where (:company = 0 or b.company_id = :company) and b.id < :below
  and (:stage = '' or :stage = case
      when b.closed_at is null then 'open'
      when exists (select 1 from batch_item i where i.batch_id = b.id and i.decision is null) then 'closed'
      else 'decided' end)
  and (b.number like :part escape '!' or c.folded like :part escape '!')
order by b.id desc limit :limit

-- Batches of a company and kind that hold someone who still waits, oldest first: what 打印汇总表 of a tab prints.
-- batches_undecided :many (company: company_id, kind: text, limit: int) -> batch_full
select @columns from batch
where company_id = :company and kind = :kind
  and exists (select 1 from batch_item i where i.batch_id = batch.id and i.decision is null)
order by id limit :limit

-- row batch_item_full (batch_id: batch_id, member_id: member_id, position: int, snapshot_sealed: bytes?,
--   decision: text?, decided_at: time?, joined_at: time)

-- snapshot_sealed: of a decided item what was decided on; none while it waits.
-- batch_items_unscoped :many (batch: batch_id, above: int, limit: int) -> batch_item_full
select @columns from batch_item where batch_id = :batch and position > :above order by position limit :limit

-- batches_behind :many (above: batch_id, limit: int) -> (id: batch_id, uid: bytes)
select id, uid from batch where id > :above order by id limit :limit

-- The latest batch that a person was put in.
-- batch_item_of_unscoped :one (member: member_id) -> batch_item_full
select @columns from batch_item where member_id = :member order by batch_id desc limit 1

-- The one that was decided at that instant.
-- batch_item_decided_unscoped :one (member: member_id, at: time) -> (joined_at: time)
select joined_at from batch_item where member_id = :member and decided_at = :at and decision = 'approved'

-- Who waits next in the batches that a person was in, the latest first.
-- batch_next_waiting_unscoped :many (member: member_id, limit: int) -> (id: member_id, name: text)
select m.id, m.name from batch_item was join batch_item i on i.batch_id = was.batch_id and i.decision is null
    join member m on m.id = i.member_id
where was.member_id = :member and m.state in ('recommended_new', 'recommended_renewal')
order by was.batch_id desc, i.position limit :limit

-- batch_item_insert :exec (batch: batch_id, member: member_id, now: time)
insert into batch_item (batch_id, member_id, position, joined_at)
select :batch, :member, 1 + coalesce((select max(position) from batch_item where batch_id = :batch), 0), :now
on conflict (batch_id, member_id) do nothing

-- batch_item_delete :exec (batch: batch_id, member: member_id)
delete from batch_item where batch_id = :batch and member_id = :member

-- batch_item_decide :exec (batch: batch_id, member: member_id, decision: text?, snapshot_sealed: bytes?, at: time?)
update batch_item set decision = cast(:decision as text), snapshot_sealed = :snapshot_sealed, decided_at = :at
where batch_id = :batch and member_id = :member
