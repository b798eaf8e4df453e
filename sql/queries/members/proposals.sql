-- 单位不在列表中: what applicants' employers are called that nobody has opened yet. One waits while nobody decided, the
-- application is submitted and no employer is known.

-- company_proposal_replace :exec (member: member_id, now: time)
update company_proposal set replaced_at = :now where member_id = :member and replaced_at is null

-- company_proposal_insert :exec (member: member_id, name: text, folded: text, now: time)
insert into company_proposal (member_id, name, folded, made_at) values (:member, :name, :folded, :now)

-- company_proposal_of_unscoped :one (member: member_id) -> (name: text)
select name from company_proposal where member_id = :member and replaced_at is null

-- company_proposal_by_id :one (id: proposal_id) -> (name: text, folded: text)
select name, folded from company_proposal where id = :id

-- Those who wait for the same company, as people are held.
-- company_proposals_called :many (folded: text, limit: int) -> (id: proposal_id, member_id: member_id, member_name: text)
select p.id, m.id, m.name from company_proposal p join member m on m.id = p.member_id
where p.folded = :folded and p.decided_at is null and p.replaced_at is null and m.state = 'submitted' and m.company_id is null
order by m.id limit :limit

-- company_proposal_decide :exec (id: proposal_id, now: time)
update company_proposal set decided_at = :now where id = :id and decided_at is null

-- A row for each company, by its oldest application.
-- row proposed_line (id: proposal_id, name: text, folded: text, n: int, since: time)

-- companies_proposed :many (above: proposal_id, limit: int) -> proposed_line
select min(p.id), min(p.name), p.folded, count(*), min(p.made_at)
from company_proposal p join member m on m.id = p.member_id
where p.decided_at is null and p.replaced_at is null and m.state = 'submitted' and m.company_id is null
group by p.folded having min(p.id) > :above order by 1 limit :limit

-- companies_proposed_back :many (below: proposal_id, limit: int) -> proposed_line
select min(p.id), min(p.name), p.folded, count(*), min(p.made_at)
from company_proposal p join member m on m.id = p.member_id
where p.decided_at is null and p.replaced_at is null and m.state = 'submitted' and m.company_id is null
group by p.folded having min(p.id) < :below order by 1 desc limit :limit

-- companies_proposed_count :one () -> (n: int, oldest: time?)
select count(distinct p.folded), min(p.made_at)
from company_proposal p join member m on m.id = p.member_id
where p.decided_at is null and p.replaced_at is null and m.state = 'submitted' and m.company_id is null
