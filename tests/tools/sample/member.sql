-- row member_line (id: member_id, name: text, sealed: bytes?, female: bool, until: day?, seen: time?, paid: fen, company: company_id?)

-- member_of_company :many (company: company_id, name: text, until: day?, after: member_id?) -> member_line
select id, name, sealed, female, until, seen, paid, company from member
where company = :company and name = :name and until = :until and id > :after

-- member_one :one (id: member_id) -> member_line
select id, name, sealed, female, until, seen, paid, company from member where id = :id

-- member_add :exec (name: text, sealed: bytes?, female: bool, until: day, seen: time, paid: fen)
insert into member (name, sealed, female, until, seen, paid) values (:name, :sealed, :female, :until, :seen, :paid)
