-- 单位不在列表中: what an applicant's employer is called, until the association opens or refuses it. One of a person
-- counts, the newest; it waits while the application is submitted and has no employer.
create table company_proposal (
    id @id,
    member_id @int not null references member (id),
    name @text not null,
    folded @text not null,
    made_at @int not null,
    decided_at @int,
    replaced_at @int
) @strict;
create index company_proposal_open on company_proposal (folded, id) where decided_at is null and replaced_at is null;
create unique index company_proposal_member on company_proposal (member_id) where replaced_at is null;
