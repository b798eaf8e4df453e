#include "base/limits.h"
#include "web/core/route.h"
#include "web/imports/imports.h"

static const struct route ROUTES[] = {
    GET("/staff/import", WHO_STAFF, ROLE_MEMBERSHIP, page_imports),
    POST("/staff/import", WHO_STAFF, ROLE_MEMBERSHIP, post_imports, LIMIT_BODY_PHOTO,
         .file_bytes = LIMIT_BODY_PHOTO),
    GET("/staff/import/template.xlsx", WHO_STAFF, ROLE_MEMBERSHIP, page_import_template, .lane = HTTP_LONG),
    GET("/staff/import/{id}", WHO_STAFF, ROLE_MEMBERSHIP, page_import),
    GET("/staff/import/{id}/errors.xlsx", WHO_STAFF, ROLE_MEMBERSHIP, page_import_errors, .lane = HTTP_LONG),
    POST("/staff/import/{id}/commit", WHO_STAFF, ROLE_MEMBERSHIP, post_import_commit, LIMIT_BODY_FORM),
    POST("/staff/import/{id}/undo", WHO_STAFF, ROLE_MEMBERSHIP, post_import_undo, LIMIT_BODY_FORM),
    POST("/staff/import/{id}/company", WHO_STAFF, ROLE_MEMBERSHIP, post_import_company, LIMIT_BODY_FORM),
    GET("/staff/import/{id}/open", WHO_STAFF, ROLE_MEMBERSHIP, page_import_open),
    POST("/staff/import/{id}/open", WHO_STAFF, ROLE_MEMBERSHIP, post_import_open, LIMIT_BODY_FORM),
};

static const struct menu_entry MENU[] = {
    {32, SIDE_STAFF, ROLE_MEMBERSHIP, "/staff/import", "批量导入", "upload"},
};

const struct web_feature imports_web = {ROUTES, COUNT(ROUTES), MENU, COUNT(MENU)};
