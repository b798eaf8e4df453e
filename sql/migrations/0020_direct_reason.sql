-- Why somebody belongs to 协会直管 and to no employer, as told at registration; '' with every other employer.
alter table employment add column reason @text not null default '';
