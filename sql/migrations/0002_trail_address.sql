-- Where a row of the trail came from, sealed with a key of the trail; the command line comes from nowhere. form says
-- what the MAC holds: rows of form 1 were written before there was an address.
alter table audit add column form @int not null default 1 check (form in (1, 2));
alter table audit add column address_sealed @bytes;
