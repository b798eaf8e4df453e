-- row company_full (id: company_id, uid: bytes, code: text, name: text, credit_code: text?, contact: text, phone: text,
--   address: text, enabled: bool, direct: bool, unit_valid_to: day?, unit_level: text, title: text, tax_no: text,
--   merged_into: company_id?, created_at: time, version: int)

-- company_by_id_unscoped :one (id: company_id) -> company_full
select @columns from company where id = :id and @seen(company)

-- company_name_now_unscoped :one (id: company_id) -> (name: text)
select name from company where id = :id and @seen(company)

-- Whom to call there.
-- company_to_call_unscoped :one (id: company_id) -> (name: text, contact: text, phone: text, direct: bool)
select name, contact, phone, direct from company where id = :id and @seen(company)

-- company_by_code_unscoped :one (code: text) -> company_full
select @columns from company where code = :code and @seen(company)

-- company_by_credit_code_unscoped :one (credit_code: text) -> company_full
select @columns from company where credit_code = :credit_code and @seen(company)

-- By its present name, or one that only it has had.
-- companies_by_folded :many (folded: text) -> (id: company_id, present: bool)
select distinct n.company_id, cast(case when n.to_day is null then 1 else 0 end as bigint)
from company_name n join company c on c.id = n.company_id
where n.folded = :folded and @seen(c)
order by 2 desc limit 3

-- company_insert :one (uid: bytes, code: text, name: text, folded: text, credit_code: text?, contact: text, phone: text,
--   address: text, direct: bool, enabled: bool, unit_valid_to: day?, unit_level: text, title: text, tax_no: text, now: time)
-- -> (id: company_id)
insert into company (uid, code, name, folded, credit_code, contact, phone, address, direct, enabled, unit_valid_to,
    unit_level, title, tax_no, created_at, version)
values (:uid, :code, :name, :folded, :credit_code, :contact, :phone, :address, :direct, :enabled, :unit_valid_to,
    :unit_level, :title, :tax_no, :now, 1)
on conflict do nothing
returning id

-- company_update :exec (id: company_id, version: int, name: text, folded: text, credit_code: text?, contact: text,
--   phone: text, address: text, enabled: bool, unit_valid_to: day?, unit_level: text, title: text, tax_no: text)
update company set name = :name, folded = :folded, credit_code = :credit_code, contact = :contact, phone = :phone,
    address = :address, enabled = :enabled, unit_valid_to = :unit_valid_to, unit_level = :unit_level, title = :title,
    tax_no = :tax_no, version = version + 1
where id = :id and version = :version

-- Holds an enabled company until the end of the transaction; no row: it is disabled.
-- company_hold_enabled :exec (id: company_id)
update company set enabled = 1 where id = :id and enabled = 1

-- company_set_enabled :exec (id: company_id, enabled: bool)
update company set enabled = :enabled, version = version + 1 where id = :id

-- Whether another company has this name or code already.
-- company_taken_unscoped :many (id: company_id, folded: text, credit_code: text?) -> (folded: text, credit_code: text?)
select folded, credit_code from company
where id <> :id and (folded = :folded or credit_code = cast(:credit_code as text)) limit 2

-- company_name_insert :exec (company: company_id, name: text, folded: text, searched: text, from: day)
insert into company_name (company_id, name, folded, searched, from_day)
values (:company, :name, :folded, :searched, :from)

-- company_name_end :exec (company: company_id, to: day)
update company_name set to_day = :to where company_id = :company and to_day is null

-- company_names_of :many (company: company_id) -> (name: text, from_day: day, to_day: day?)
select name, from_day, to_day from company_name where company_id = :company order by id

-- company_gram_insert :exec (gram: text, company: company_id)
insert into company_gram (gram, company_id) values (:gram, :company) on conflict do nothing

-- row company_line (id: company_id, code: text, name: text, credit_code: text?, contact: text, phone: text, enabled: bool)

-- companies_newest :many (below: company_id, limit: int) -> company_line
select @columns from company where @seen(company) and id < :below order by id desc limit :limit

-- companies_newest_back :many (above: company_id, limit: int) -> company_line
select @columns from company where @seen(company) and id > :above order by id limit :limit

-- How many companies have the gram; no further than the limit.
-- company_gram_count :one (gram: text, limit: int) -> (n: int)
select count(*) from (select 1 from company_gram where gram = :gram limit :limit) g

-- By any part of a present or former name, without punctuation and accents (search_fold); gram is in the part, and
-- narrows the search.
-- companies_named :many (gram: text, pattern: text, below: company_id, limit: int) -> company_line
select @columns from company
where @seen(company) and id < :below and id in (select company_id from company_gram where gram = :gram)
  and exists (select 1 from company_name n where n.company_id = company.id
    and n.searched like :pattern escape '!')
order by id desc limit :limit

-- companies_named_back :many (gram: text, pattern: text, above: company_id, limit: int) -> company_line
select @columns from company
where @seen(company) and id > :above and id in (select company_id from company_gram where gram = :gram)
  and exists (select 1 from company_name n where n.company_id = company.id
    and n.searched like :pattern escape '!')
order by id limit :limit

-- companies_named_count :one (gram: text, pattern: text) -> (n: int)
select count(*) from company_gram g join company c on c.id = g.company_id
where g.gram = :gram and @seen(c)
  and exists (select 1 from company_name n where n.company_id = g.company_id
    and n.searched like :pattern escape '!')

-- companies_coded_unscoped :many (credit_code: text) -> company_line
select @columns from company where credit_code = :credit_code and @seen(company)

-- For the type-ahead: present and former names that hold the text, enabled companies only. Of
-- the companies with the gram so many are looked at.
-- companies_matching :many (gram: text, looked_at: int, pattern: text, limit: int) -> (id: company_id, name: text, address: text)
select distinct c.id, c.name, c.address from (select company_id from company_gram where gram = :gram limit :looked_at) g
join company c on c.id = g.company_id
join company_name n on n.company_id = c.id
where c.enabled = 1 and @seen(c) and n.searched like :pattern escape '!'
order by c.name limit :limit

-- companies_count :one () -> (n: int)
select count(*) from company where @seen(company)

-- company_direct :one () -> company_full
select @columns from company where direct = 1

-- Two companies that become one (app/members/merge.c).

-- Everybody of a company, by id, as people are held.
-- company_people_unscoped :many (company: company_id, limit: int) -> (id: member_id)
select id from member where company_id = :company order by id limit :limit

-- company_clerks_unscoped :many (company: company_id) -> (id: account_id)
select id from account where company_id = :company order by id

-- company_clerks_take :exec (from: company_id, into: company_id)
update account set company_id = :into, main = 0, taken_from = :from, version = version + 1 where company_id = :from

-- The main one is who logs in with the company's code.
-- company_clerks_give_back :exec (from: company_id)
update account set company_id = taken_from, taken_from = null, version = version + 1,
    main = case when login = (select code from company where id = account.taken_from) then 1 else 0 end
where taken_from = :from

-- company_name_take :exec (into: company_id, name: text, folded: text, searched: text, from_day: day, to: day, from: company_id)
insert into company_name (company_id, name, folded, searched, from_day, to_day, taken_from)
values (:into, :name, :folded, :searched, :from_day, :to, :from)

-- company_names_give_back :exec (from: company_id, into: company_id)
delete from company_name where company_id = :into and taken_from = :from

-- company_merge_into :exec (from: company_id, into: company_id)
update company set enabled = 0, merged_into = :into, version = version + 1 where id = :from

-- company_unmerge :exec (from: company_id, enabled: bool)
update company set enabled = :enabled, merged_into = null, version = version + 1 where id = :from

-- row company_merge_full (from_company: company_id, into_company: company_id, effective_on: day, from_enabled: bool)

-- company_merge_insert :exec (token: text, from: company_id, into: company_id, on: day, from_enabled: bool, now: time)
insert into company_merge (token, from_company, into_company, effective_on, from_enabled, made_at)
values (:token, :from, :into, :on, :from_enabled, :now)

-- company_merge_of :one (token: text) -> company_merge_full
select @columns from company_merge where token = :token
