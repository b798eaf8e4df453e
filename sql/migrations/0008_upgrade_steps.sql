-- How far an upgrade that goes through a table piece by piece has come (app/core/upgrade.h): behind which row it goes on, or
-- that it is done.
create table upgrade_step (
    name @text primary key,
    behind @int not null,
    done @bool not null check (done in (0, 1))
) @strict;
