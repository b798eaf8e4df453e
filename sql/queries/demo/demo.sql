-- Rows of demo data that have a past: written as they would stand today, not through the use cases.

-- anyone_here :one () -> (members: int, companies: int)
select (select count(*) from member), (select count(*) from company where direct = 0)

-- demo_member_insert :one (uid: bytes, number: text?, name: text, sex: int, birth_year: int, id_sealed: bytes,
--   id_index: bytes, tail_index: bytes, mobile_sealed: bytes, mobile_index: bytes, education: int, school: text,
--   major: text, title_level: int, title_specialty: text, post: text, started_on: day, company_id: company_id,
--   address: text, qq: text, email: text, photo_id: file_id, bareheaded: bool, state: text, state_at: time,
--   state_before: text?, reason: text, period_end: day?, data_key_sealed: bytes, created_at: time)
-- -> (id: member_id)
insert into member (uid, number, name, sex, birth_year, id_sealed, id_index, tail_index, mobile_sealed, mobile_index,
    education, school, major, title_level, title_specialty, post, started_on, company_id, address, qq, email, photo_id,
    photo_flaw, bareheaded, state, state_at, state_before, reason, period_end, data_key_sealed, created_at, version)
values (:uid, :number, :name, :sex, :birth_year, :id_sealed, :id_index, :tail_index, :mobile_sealed, :mobile_index,
    :education, :school, :major, :title_level, :title_specialty, :post, :started_on, :company_id, :address, :qq, :email,
    :photo_id, '', :bareheaded, :state, :state_at, :state_before, :reason, :period_end, :data_key_sealed, :created_at, 1)
returning id

-- demo_batch_item_insert :exec (batch: batch_id, member: member_id, position: int, joined_at: time, decision: text?,
--   decided_at: time?)
insert into batch_item (batch_id, member_id, position, decision, decided_at, joined_at)
values (:batch, :member, :position, :decision, :decided_at, :joined_at)

-- All counters at once, from the people themselves.
-- counters_fill :exec ()
insert into counter (scope, state, period_end, n)
select 0, state, coalesce(period_end, ''), count(*) from member group by state, coalesce(period_end, '')
union all
select company_id, state, coalesce(period_end, ''), count(*) from member
where company_id is not null group by company_id, state, coalesce(period_end, '')
