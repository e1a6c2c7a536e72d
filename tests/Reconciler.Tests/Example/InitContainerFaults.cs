using Files = OdooSky.GitOps.Reconciler.Tests.Example.FilestoreScriptTests;
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

    public static ChartFault[] All { get; } =
        [.. Healing(), .. Container(), .. Waiting(), .. Databases(), .. Base(), .. Rows(), .. WithAddons()];

    private static IEnumerable<ChartFault> Healing() =>
    [
        .. ChartFault.SeenBy(nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list), File,
            ("filestore-chown comes first",
                "        - name: filestore-chown\n", "        - name: db-init\n          image: x\n        - name: filestore-chown\n"),
            ("filestore-chown uses Odoo's image",
                "- name: filestore-chown\n          image: {{ include \"instance.odooImage\" . | quote }}",
                "- name: filestore-chown\n          image: busybox")),
        .. ChartFault.SeenBy(nameof(Init.The_filestore_is_healed_by_root_with_the_filestore_alone), File,
            ("filestore-chown is uid 0", "runAsUser: 0", "runAsUser: 100"),
            ("filestore-chown is gid 0", "runAsGroup: 0", "runAsGroup: 101"),
            ("filestore-chown mounts /var/lib/odoo",
                "              mountPath: /var/lib/odoo\n        - name: db-init",
                "              mountPath: /data\n        - name: db-init"),
            ("filestore-chown mounts the filestore",
                "            - name: filestore\n              mountPath: /var/lib/odoo\n        - name: db-init",
                "            - name: addons\n              mountPath: /var/lib/odoo\n        - name: db-init"),
            ("filestore-chown is run by /bin/sh -c",
                "runAsGroup: 0\n          command: [/bin/sh, -c]", "runAsGroup: 0\n          command: [/bin/bash, -c]"),
            ("filestore-chown has set -eu",
                "set -eu\n              {{- .Files.Get \"scripts/filestore", "set -e\n              {{- .Files.Get \"scripts/filestore")),
        .. ChartFault.SeenBy(nameof(Files.Whoever_wrote_the_files_they_become_Odoos_and_a_second_run_touches_nothing), Filestore,
            ("the owner becomes 100:101", "chown -h 100:101", "chown -h 101:101"),
            ("files of a wrong group are healed too", "! -user 100 -o ! -group 101", "! -user 100"),
            ("the owner may read and write", "u+rwX,g+rwX", "g+rwX"),
            ("the group may read and write", "u+rwX,g+rwX", "u+rwX"),
            ("what lies outside of the filestore stays", "chown -h 100", "chown 100"),
            ("the resulting owner and mode are printed", ", mode %A", ""),
            ("a second healing touches nothing", "\\( ! -user 100 -o ! -group 101 \\) ", "")),
    ];

    private static IEnumerable<ChartFault> Container() =>
    [
        .. ChartFault.SeenBy(nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list), File,
            ("db-init uses Odoo's image",
                "- name: db-init\n          image: {{ include \"instance.odooImage\" . | quote }}",
                "- name: db-init\n          image: postgres:16")),
        .. ChartFault.SeenBy(nameof(Init.The_database_is_made_ready_without_any_volume), File,
            ("db-init has set -eu", "set -eu\n              db=", "set -e\n              db="),
            ("db-init is run by /bin/sh -c",
                "command: [/bin/sh, -c]\n          args:\n            - |\n              set -eu\n              db=",
                "args:\n            - |\n              set -eu\n              db="),
            ("db-init has no volume",
                "        {{- range $addons }}\n        - name",
                "          volumeMounts: [{name: filestore, mountPath: /var/lib/odoo}]\n        {{- range $addons }}\n        - name")),
        .. ChartFault.SeenBy(nameof(Init.The_database_script_knows_the_code_and_the_clones_origin), File,
            ("the database is named as the code", "db={{ .Values.instance.code | squote }}", "db={{ $fullname | squote }}"),
            ("the script knows the clone's origin",
                "clone_from={{ .Values.instance.cloneFromCode | default \"\" | squote }}", "clone_from=''")),
        .. ChartFault.SeenBy(nameof(Init.The_database_is_made_ready_without_any_volume), Helpers,
            ("PostgreSQL's host is <fullname>-pg", "value: {{ printf \"%s-pg\" (include", "value: {{ printf \"%s-db\" (include"),
            ("PostgreSQL's port is 5432", "value: \"5432\"", "value: \"6432\""),
            ("the user is in POSTGRES_USER", "key: POSTGRES_USER", "key: username"),
            ("the password is in POSTGRES_PASSWORD", "key: POSTGRES_PASSWORD", "key: password"),
            ("the Secret is <fullname>-pg", "default (printf \"%s-pg\" (include", "default (printf \"%s-db\" (include")),
    ];

    private static IEnumerable<ChartFault> Waiting() =>
    [
        .. ChartFault.SeenBy(nameof(Script.PostgreSQL_that_comes_up_late_is_waited_for), Database,
            ("PostgreSQL is waited for", "until psql", "while ! : psql")),
        .. ChartFault.SeenBy(nameof(Script.PostgreSQL_that_never_comes_up_fails_it_after_30_tries_2_s_apart), Database,
            ("at most 30 tries", "-ge 30", "-ge 20"),
            ("2 s apart", "sleep 2", "sleep 5"),
            ("then it fails loudly", "; break; fi", "; exit 0; fi")),
    ];

    private static IEnumerable<ChartFault> Databases() =>
    [
        .. ChartFault.SeenBy(nameof(Script.A_clone_takes_its_origins_database_by_renaming_it_and_once), Database,
            ("a clone renames its origin's database",
                "'ALTER DATABASE :\"clone_from\" RENAME TO :\"db\"'", "'CREATE DATABASE :\"db\" TEMPLATE :\"clone_from\"'")),
        .. ChartFault.SeenBy(nameof(Script.A_clone_of_itself_is_an_instance_like_any_other), Database,
            ("a clone of itself renames nothing", "[ -n \"$clone_from\" ] && [ \"$clone_from\" != \"$db\" ]", "[ -n \"$clone_from\" ]")),
        .. ChartFault.SeenBy(nameof(Script.A_clone_without_an_origin_begins_afresh), Database,
            ("a rename only when the origin exists", "if [ \"$origin\" = 1 ] && [", "if [")),
        .. ChartFault.SeenBy(nameof(Script.Where_both_databases_exist_the_operator_decides_and_is_told), Database,
            ("a rename only when the target does not exist", "[ \"$origin\" = 1 ] && [ \"$exists\" = 0 ]", "[ \"$origin\" = 1 ]"),
            ("where both exist the operator is told", "say \"both databases", ": \"both databases")),
        .. ChartFault.SeenBy(nameof(Script.A_fresh_database_is_made_and_base_installed_and_a_second_run_does_nothing), Database,
            ("a missing database is made", "if [ \"$exists\" = 0 ]; then", "if [ \"$exists\" = 2 ]; then")),
        .. ChartFault.SeenBy(nameof(Script.An_empty_database_that_is_there_gets_base), Database,
            ("a database that exists is not made", "if [ \"$exists\" = 0 ]; then", "if true; then")),
    ];

    private static IEnumerable<ChartFault> Base() =>
    [
        .. ChartFault.SeenBy(nameof(Script.An_empty_database_that_is_there_gets_base), Database,
            ("base is installed where the table is missing", "base=0\n", "base=1\n")),
        .. ChartFault.SeenBy(nameof(Script.Where_base_is_installed_odoo_does_not_run), Database,
            ("base is not installed a second time", "if [ \"$base\" = 0 ]; then", "if true; then"),
            ("only the row base counts", "name = 'base' AND ", "name = 'web' AND ")),
        .. ChartFault.SeenBy(nameof(Script.Where_base_is_known_but_not_installed_it_is_installed), Database,
            ("only the state installed counts", " AND state = 'installed'", "")),
        .. ChartFault.SeenBy(nameof(Script.A_fresh_database_is_made_and_base_installed_and_a_second_run_does_nothing), Database,
            ("a database without tables is no error", "if [ \"$modules\" = 1 ]; then", "if true; then")),
        .. ChartFault.SeenBy(nameof(Script.A_query_that_fails_stops_it_and_is_never_taken_for_not_installed), Database,
            ("a query that fails stops", "ON_ERROR_STOP=1", "ON_ERROR_STOP=0"),
            ("a query that fails is never \"not installed\"", "AND state = 'installed'\")", "AND state = 'installed'\" || echo 0)")),
        .. ChartFault.SeenBy(nameof(Script.A_fresh_database_is_made_and_base_installed_and_a_second_run_does_nothing), Database,
            ("odoo installs base", "-i base ", "-u base "),
            ("odoo works on the database", "-d \"$db\" --stop", "-d postgres --stop"),
            ("odoo stops after that", "--stop-after-init ", " "),
            ("odoo loads no demo data", "--without-demo=all ", " "),
            ("odoo serves nothing meanwhile", "--no-http ", " "),
            ("odoo starts no workers", "--workers=0 ", " "),
            ("odoo is told the host", "--db_host=\"$HOST\" ", " "),
            ("odoo is told the port", "--db_port=\"$PORT\" ", " "),
            ("odoo is told the user", "--db_user=\"$USER\" ", " "),
            ("odoo is told the password", " --db_password=\"$PASSWORD\"", " ")),
        .. ChartFault.SeenBy(nameof(Script.A_password_is_text_and_nothing_else), Database,
            ("a password is one text", "--db_password=\"$PASSWORD\"", "--db_password=$PASSWORD")),
    ];

    private static IEnumerable<ChartFault> Rows() =>
    [
        .. ChartFault.SeenBy(nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list), Addons,
            ("addons start in the order of the list",
                "{{- range .Values.addons -}}", "{{- range reverse (.Values.addons | default list) -}}"),
            ("built-in rows make no init container", "\"odoo-builtin\")", "\"builtin\")"),
            ("the name is addon-<code>", "printf \"addon-%s\"", "printf \"mod-%s\""),
            ("_ becomes - in the name", "replace \"_\" \"-\"", "replace \"_\" \"\""),
            ("the image is <image>:<version>", "\"%v:%v\" .image .version", "\"%v:%v-x\" .image .version")),
        .. ChartFault.SeenBy(nameof(Init.A_row_without_a_source_makes_a_container_where_the_schema_is_set_aside), Addons,
            ("a row without an image makes none", "and .code .image .version", "and .code .version"),
            ("a row without a version makes none", "and .code .image .version", "and .code .image"),
            ("a row without a source makes one", "and .code .image .version (", "and .code .image .version .source (")),
        .. ChartFault.SeenBy(nameof(Init.First_the_filestore_then_the_database_then_each_addon_in_the_order_of_the_list), Addons,
            ("the name is in lower case", "| lower | printf", "| printf")).Select(fault => fault with { StopsHelm = true }),
        .. ChartFault.SeenBy(nameof(Init.Each_addon_is_copied_into_the_shared_folder), File,
            ("addons are copied to /target", "mountPath: /target", "mountPath: /addons"),
            ("addons are copied into the volume addons",
                "            - name: addons\n              mountPath: /target", "            - name: filestore\n              mountPath: /target")),
        .. ChartFault.SeenBy(nameof(RefusalTests.Two_rows_never_share_an_init_container_and_each_name_is_a_label), Addons,
            ("two rows of one name are refused", "{{- if hasKey $owners $name -}}", "{{- if false -}}"),
            ("a name has at most 63 characters", "(le (len $name) 63)", "(le (len $name) 64)"),
            ("a name is a DNS label", "^[a-z0-9-]*[a-z0-9]$", "^[a-z0-9-]*$")),
    ];

    private static IEnumerable<ChartFault> WithAddons() =>
    [
        .. ChartFault.SeenBy(nameof(Init.Built_in_rows_alone_make_no_container_no_volume_no_path_and_no_python_path), File,
            ("with addons means that a row makes a container",
                "(include \"instance.addonRows\" . | fromJson).rows",
                "(include \"instance.addonRows\" . | fromJson).rows | default .Values.addons")),
    ];
}
