#include "media/document.h"

static void wire_pair(struct wire *w, void *one)
{
    struct pdf_pair *p = one;
    wire_str(w, &p->label);
    wire_str(w, &p->value);
}

static void wire_column(struct wire *w, void *one)
{
    struct pdf_column *c = one;
    wire_str(w, &c->title);
    WIRE_VALUE(w, c->weight);
    WIRE_VALUE(w, c->whole);
    WIRE_VALUE(w, c->centred);
}

static void wire_text(struct wire *w, void *one)
{
    wire_str(w, one);
}

static void wire_batch(struct wire *w, void *one)
{
    struct pdf_batch *b = one;
    size_t cells = b->row_count * b->column_count;
    wire_str(w, &b->title);
    WIRE_VALUE(w, b->preview);
    WIRE_LIST(w, b->head, b->head_count, wire_pair);
    wire_str(w, &b->qr);
    wire_str(w, &b->number);
    wire_str(w, &b->check_code);
    WIRE_LIST(w, b->columns, b->column_count, wire_column);
    WIRE_LIST(w, b->cells, cells, wire_text);
    WIRE_VALUE(w, b->row_count);
    WIRE_LIST(w, b->totals, b->total_count, wire_pair);
    wire_str(w, &b->filled_by);
    wire_str(w, &b->phone);
    wire_str(w, &b->note);
    w->bad |= b->row_count > cells || cells != b->row_count * b->column_count;
}

static void wire_field(struct wire *w, void *one)
{
    struct pdf_field *f = one;
    wire_str(w, &f->label);
    wire_str(w, &f->value);
    WIRE_VALUE(w, f->wide);
}

static void wire_signature(struct wire *w, void *one)
{
    struct pdf_signature *s = one;
    wire_str(w, &s->title);
    wire_str(w, &s->by);
}

static void wire_form(struct wire *w, void *one)
{
    struct pdf_application *a = one;
    struct str photo = {(const char *)a->photo.p, a->photo.n};
    wire_str(w, &a->title);
    wire_str(w, &a->number);
    WIRE_VALUE(w, a->date);
    WIRE_LIST(w, a->fields, a->field_count, wire_field);
    WIRE_VALUE(w, a->plain);
    wire_str(w, &photo);
    wire_str(w, &a->pledge_title);
    WIRE_LIST(w, a->pledge, a->pledge_count, wire_text);
    WIRE_LIST(w, a->signatures, a->signature_count, wire_signature);
    a->photo = str_bytes(photo);
}

static void wire_letter(struct wire *w, void *one)
{
    struct pdf_letter *l = one;
    wire_str(w, &l->title);
    wire_str(w, &l->to);
    WIRE_LIST(w, l->paragraphs, l->paragraph_count, wire_text);
    wire_str(w, &l->account_label);
    wire_str(w, &l->account);
    wire_str(w, &l->password_label);
    wire_str(w, &l->password);
    wire_str(w, &l->address);
    wire_str(w, &l->from);
    WIRE_VALUE(w, l->date);
}

static void wire_slip(struct wire *w, void *one)
{
    struct pdf_slip *s = one;
    wire_str(w, &s->name);
    wire_str(w, &s->id_number);
    wire_str(w, &s->company);
    wire_str(w, &s->code);
    wire_str(w, &s->why);
}

static void wire_slips(struct wire *w, void *one)
{
    struct pdf_slips *s = one;
    wire_str(w, &s->title);
    wire_str(w, &s->address);
    WIRE_VALUE(w, s->until);
    WIRE_VALUE(w, s->date);
    WIRE_LIST(w, s->slips, s->slip_count, wire_slip);
    WIRE_LIST(w, s->skipped, s->skipped_count, wire_slip);
}

void document_wire(struct wire *w, struct document *d)
{
    size_t forms = d->kind == DOCUMENT_APPLICATION, slips = d->kind == DOCUMENT_SLIPS;
    WIRE_VALUE(w, d->kind);
    WIRE_VALUE(w, d->made_on);
    WIRE_LIST(w, d->batches, d->batch_count, wire_batch);
    WIRE_LIST(w, d->form, forms, wire_form);
    WIRE_LIST(w, d->letters, d->letter_count, wire_letter);
    WIRE_LIST(w, d->slips, slips, wire_slips);
    w->bad |= forms != (d->kind == DOCUMENT_APPLICATION) || slips != (d->kind == DOCUMENT_SLIPS);
}

enum status document_draw(struct arena *a, struct fault *f, const struct document *d, struct bytes *ret)
{
    switch (d->kind) {
    case DOCUMENT_SUMMARY:
        return pdf_summary(a, f, d->made_on, d->batches, d->batch_count, ret);
    case DOCUMENT_APPLICATION:
        return pdf_application(a, f, d->form, ret);
    case DOCUMENT_LETTERS:
        return pdf_letters(a, f, d->letters, d->letter_count, ret);
    case DOCUMENT_SLIPS:
        return pdf_slips(a, f, d->slips, ret);
    }
    return fail_detail(f, ST_BROKEN, "a document of no kind");
}
