-- The backups that a server makes by itself: one for each time that backup.at came, made by the process whose lease it is.
-- moment names the file's manifest, so that nothing else of that name is ever deleted.
create table nightly_backup (
    id @id,
    due_at @int not null unique,
    state @text not null check (state in ('running', 'failed', 'done', 'removed')),
    node @text not null,
    token @bytes not null,
    lease_until @int not null,
    path @text not null,
    moment @int not null,
    fault @text not null
) @strict;
