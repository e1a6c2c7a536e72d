using Init = OdooSky.GitOps.Reconciler.Tests.Example.InitContainerTests;
using Script = OdooSky.GitOps.Reconciler.Tests.Example.DatabaseScriptTests;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Faults of the init containers and of the scripts that they run.</summary>
internal static class InitContainerFaults
{
    private const string File = "templates/odoo-deployment.yaml";
    private const string Helpers = "templates/_helpers.tpl";
    private const string Addons = "templates/_addons.tpl";
    private const string Database = "scripts/db-init.sh";
    private const string Filestore = "scripts/filestore-chown.sh";

    public static ChartFault[] All { get; } = [.. Healing(), .. Container(), .. Waiting(), .. Databases(), .. Base(), .. Rows(), .. WithAddons()];

    private static IEnumerable<ChartFault> Healing() =>
    [
        new("filestore-chown comes first", File, "        - name: filestore-chown\n", "        - name: db-init\n          image: x\n        - name: filestore-chown\n", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("filestore-chown uses Odoo's image", File, "- name: filestore-chown\n          image: {{ include \"instance.odooImage\" . | quote }}", "- name: filestore-chown\n          image: busybox", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("filestore-chown is uid 0", File, "runAsUser: 0", "runAsUser: 100", nameof(Init.The_filestore_is_healed_by_root_with_the_filestore_alone)),
        new("filestore-chown is gid 0", File, "runAsGroup: 0", "runAsGroup: 101", nameof(Init.The_filestore_is_healed_by_root_with_the_filestore_alone)),
        new("filestore-chown mounts /var/lib/odoo", File, "              mountPath: /var/lib/odoo\n        - name: db-init", "              mountPath: /data\n        - name: db-init", nameof(Init.The_filestore_is_healed_by_root_with_the_filestore_alone)),
        new("filestore-chown is run by /bin/sh -c", File, "command: [/bin/sh, -c]\n          args:\n            - |\n              set -eu\n              {{- .Files.Get \"scripts/filestore", "command: [/bin/bash, -c]\n          args:\n            - |\n              set -eu\n              {{- .Files.Get \"scripts/filestore", nameof(Init.The_filestore_is_healed_by_root_with_the_filestore_alone)),
        new("filestore-chown has set -eu", File, "set -eu\n              {{- .Files.Get \"scripts/filestore", "set -e\n              {{- .Files.Get \"scripts/filestore", nameof(Init.The_filestore_is_healed_by_root_with_the_filestore_alone)),
        new("the owner becomes 100:101", Filestore, "chown -h 100:101", "chown -h 101:101", nameof(FilestoreScriptTests.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing)),
        new("files of a wrong group are healed too", Filestore, "! -user 100 -o ! -group 101", "! -user 100", nameof(FilestoreScriptTests.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing)),
        new("the owner may read and write", Filestore, "u+rwX,g+rwX", "g+rwX", nameof(FilestoreScriptTests.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing)),
        new("the group may read and write", Filestore, "u+rwX,g+rwX", "u+rwX", nameof(FilestoreScriptTests.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing)),
        new("what lies outside of the filestore stays", Filestore, "chown -h 100", "chown 100", nameof(FilestoreScriptTests.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing)),
        new("the resulting owner and mode are printed", Filestore, ", mode %A", "", nameof(FilestoreScriptTests.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing)),
        new("a second healing touches nothing", Filestore, "\\( ! -user 100 -o ! -group 101 \\) ", "", nameof(FilestoreScriptTests.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing)),
    ];

    private static IEnumerable<ChartFault> Container() =>
    [
        new("db-init uses Odoo's image", File, "- name: db-init\n          image: {{ include \"instance.odooImage\" . | quote }}", "- name: db-init\n          image: postgres:16", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("db-init has set -eu", File, "set -eu\n              db=", "set -e\n              db=", nameof(Init.The_database_is_made_ready_without_any_volume)),
        new("db-init is run by /bin/sh -c", File, "command: [/bin/sh, -c]\n          args:\n            - |\n              set -eu\n              db=", "args:\n            - |\n              set -eu\n              db=", nameof(Init.The_database_is_made_ready_without_any_volume)),
        new("db-init has no volume", File, "        {{- range $addons }}\n        - name", "          volumeMounts: [{name: filestore, mountPath: /var/lib/odoo}]\n        {{- range $addons }}\n        - name", nameof(Init.The_database_is_made_ready_without_any_volume)),
        new("the database is named as the code", File, "db={{ .Values.instance.code | squote }}", "db={{ $fullname | squote }}", nameof(Init.The_database_script_knows_the_code_and_the_clones_origin)),
        new("the script knows the clone's origin", File, "clone_from={{ .Values.instance.cloneFromCode | default \"\" | squote }}", "clone_from=''", nameof(Init.The_database_script_knows_the_code_and_the_clones_origin)),
        new("PostgreSQL's host is <fullname>-pg", Helpers, "value: {{ printf \"%s-pg\" (include", "value: {{ printf \"%s-db\" (include", nameof(Init.The_database_is_made_ready_without_any_volume)),
        new("PostgreSQL's port is 5432", Helpers, "value: \"5432\"", "value: \"6432\"", nameof(Init.The_database_is_made_ready_without_any_volume)),
        new("the user is in POSTGRES_USER", Helpers, "key: POSTGRES_USER", "key: username", nameof(Init.The_database_is_made_ready_without_any_volume)),
        new("the password is in POSTGRES_PASSWORD", Helpers, "key: POSTGRES_PASSWORD", "key: password", nameof(Init.The_database_is_made_ready_without_any_volume)),
        new("the Secret is <fullname>-pg", Helpers, "default (printf \"%s-pg\" (include", "default (printf \"%s-db\" (include", nameof(Init.The_database_is_made_ready_without_any_volume)),
    ];

    private static IEnumerable<ChartFault> Waiting() =>
    [
        new("PostgreSQL is waited for", Database, "until psql", "while ! : psql", nameof(Script.PostgreSQL_that_comes_up_late_is_waited_for)),
        new("at most 30 tries", Database, "-ge 30", "-ge 20", nameof(Script.PostgreSQL_that_never_comes_up_fails_it_after_30_tries_2_s_apart)),
        new("2 s apart", Database, "sleep 2", "sleep 5", nameof(Script.PostgreSQL_that_never_comes_up_fails_it_after_30_tries_2_s_apart)),
        new("then it fails loudly", Database, "; break; fi", "; exit 0; fi", nameof(Script.PostgreSQL_that_never_comes_up_fails_it_after_30_tries_2_s_apart)),
    ];

    private static IEnumerable<ChartFault> Databases() =>
    [
        new("a clone renames its origin's database", Database, "'ALTER DATABASE :\"clone_from\" RENAME TO :\"db\"'", "'CREATE DATABASE :\"db\" TEMPLATE :\"clone_from\"'", nameof(Script.A_clone_takes_its_origins_database_by_renaming_it_and_once)),
        new("a clone of itself renames nothing", Database, "[ -n \"$clone_from\" ] && [ \"$clone_from\" != \"$db\" ]", "[ -n \"$clone_from\" ]", nameof(Script.A_clone_of_itself_is_an_instance_like_any_other)),
        new("a rename only when the origin exists", Database, "if [ \"$origin\" = 1 ] && [", "if [", nameof(Script.A_clone_without_an_origin_begins_afresh)),
        new("a rename only when the target does not exist", Database, "[ \"$origin\" = 1 ] && [ \"$exists\" = 0 ]", "[ \"$origin\" = 1 ]", nameof(Script.Where_both_databases_exist_the_operator_decides_and_is_told)),
        new("where both exist the operator is told", Database, "say \"both databases", ": \"both databases", nameof(Script.Where_both_databases_exist_the_operator_decides_and_is_told)),
        new("a missing database is made", Database, "if [ \"$exists\" = 0 ]; then", "if [ \"$exists\" = 2 ]; then", nameof(Script.A_fresh_database_is_made_and_base_installed_and_a_second_run_does_nothing)),
        new("a database that exists is not made", Database, "if [ \"$exists\" = 0 ]; then", "if true; then", nameof(Script.An_empty_database_that_is_there_gets_base)),
    ];

    private static IEnumerable<ChartFault> Base() =>
    [
        new("base is installed where the table is missing", Database, "base=0\n", "base=1\n", nameof(Script.An_empty_database_that_is_there_gets_base)),
        new("base is not installed a second time", Database, "if [ \"$base\" = 0 ]; then", "if true; then", nameof(Script.Where_base_is_installed_odoo_does_not_run)),
        new("only the state installed counts", Database, " AND state = 'installed'", "", nameof(Script.Where_base_is_known_but_not_installed_it_is_installed)),
        new("only the row base counts", Database, "name = 'base' AND ", "name = 'web' AND ", nameof(Script.Where_base_is_installed_odoo_does_not_run)),
        new("a database without tables is no error", Database, "if [ \"$modules\" = 1 ]; then", "if true; then", nameof(Script.A_fresh_database_is_made_and_base_installed_and_a_second_run_does_nothing)),
        new("a query that fails stops", Database, "ON_ERROR_STOP=1", "ON_ERROR_STOP=0", nameof(Script.A_query_that_fails_stops_it_and_is_never_taken_for_not_installed)),
        new("a query that fails is never \"not installed\"", Database, "AND state = 'installed'\")", "AND state = 'installed'\" || echo 0)", nameof(Script.A_query_that_fails_stops_it_and_is_never_taken_for_not_installed)),
        .. new[] { "-i base ", "-d \"$db\" --stop", "--stop-after-init ", "--without-demo=all ", "--no-http ", "--workers=0 ", "--db_host=\"$HOST\" ", "--db_port=\"$PORT\" ", "--db_user=\"$USER\" ", " --db_password=\"$PASSWORD\"" }
            .Select(flag => new ChartFault($"odoo is run with {flag.Trim()}", Database, flag, flag.EndsWith("--stop", StringComparison.Ordinal) ? "-d postgres --stop" : " ", nameof(Script.A_fresh_database_is_made_and_base_installed_and_a_second_run_does_nothing))),
        new("a password is one text", Database, "--db_password=\"$PASSWORD\"", "--db_password=$PASSWORD", nameof(Script.A_password_is_text_and_nothing_else)),
    ];

    private static IEnumerable<ChartFault> Rows() =>
    [
        new("addons start in the order of the list", Addons, "{{- range .Values.addons -}}", "{{- range reverse (.Values.addons | default list) -}}", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("built-in rows make no init container", Addons, "\"odoo-builtin\")", "\"builtin\")", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("a row without an image makes none", Addons, "and .code .image .version", "and .code .version", nameof(Init.A_row_without_a_source_makes_a_container_where_the_schema_is_set_aside)),
        new("a row without a version makes none", Addons, "and .code .image .version", "and .code .image", nameof(Init.A_row_without_a_source_makes_a_container_where_the_schema_is_set_aside)),
        new("a row without a source makes one", Addons, "and .code .image .version (", "and .code .image .version .source (", nameof(Init.A_row_without_a_source_makes_a_container_where_the_schema_is_set_aside)),
        new("the name is addon-<code>", Addons, "printf \"addon-%s\"", "printf \"mod-%s\"", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("_ becomes - in the name", Addons, "replace \"_\" \"-\"", "replace \"_\" \"\"", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("the name is in lower case", Addons, "| lower | printf", "| printf", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)) { StopsHelm = true },
        new("the image is <image>:<version>", Addons, "\"%v:%v\" .image .version", "\"%v:%v-x\" .image .version", nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list)),
        new("addons are copied to /target", File, "mountPath: /target", "mountPath: /addons", nameof(Init.Each_addon_is_copied_into_the_shared_folder)),
        new("two rows of one name are refused", Addons, "{{- if hasKey $owners $name -}}", "{{- if false -}}", nameof(RefusalTests.Two_rows_never_share_an_init_container_and_each_name_is_a_label)),
        new("a name has at most 63 characters", Addons, "(le (len $name) 63)", "(le (len $name) 64)", nameof(RefusalTests.Two_rows_never_share_an_init_container_and_each_name_is_a_label)),
        new("a name is a DNS label", Addons, "^[a-z0-9-]*[a-z0-9]$", "^[a-z0-9-]*$", nameof(RefusalTests.Two_rows_never_share_an_init_container_and_each_name_is_a_label)),
    ];

    private static IEnumerable<ChartFault> WithAddons() =>
    [
        new("with addons means that a row makes a container", File, "(include \"instance.addonRows\" . | fromJson).rows", "(include \"instance.addonRows\" . | fromJson).rows | default .Values.addons", nameof(Init.Built_in_rows_alone_make_no_container_no_volume_no_path_and_no_python_path)),
    ];
}
