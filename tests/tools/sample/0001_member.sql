create table member (
  id @id,
  name @text not null
) @strict;
