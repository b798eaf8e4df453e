/* What the process may use of the machine, and what the machine may see of it. */
#ifndef BASE_MACHINE_H
#define BASE_MACHINE_H

void machine_open_files(void); /* as many as it is allowed */
/* No core dump, and no other process of this user reads its memory: passwords and numbers pass through it. */
void machine_keep_secrets(void);

#endif
