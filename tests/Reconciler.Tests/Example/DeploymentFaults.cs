using Deployment = OdooSky.GitOps.Reconciler.Tests.Example.OdooDeploymentTests;
using Odoo = OdooSky.GitOps.Reconciler.Tests.Example.OdooContainerTests;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Faults of the Deployment: its frame, its pod, the container <c>odoo</c> and the volumes.</summary>
internal static class DeploymentFaults
{
    private const string File = "templates/odoo-deployment.yaml";
    private const string Helpers = "templates/_helpers.tpl";

    public static ChartFault[] All { get; } = [.. Frame(), .. Hash(), .. Pod(), .. Serving(), .. Probes(), .. Volumes()];

    private static IEnumerable<ChartFault> Frame() =>
    [
        .. ChartFault.SeenBy(nameof(Deployment.There_is_one_pod_and_the_old_one_stops_first), File,
            ("the name is <fullname>-odoo", "  name: {{ $fullname }}-odoo", "  name: {{ $fullname }}"),
            ("one replica", "replicas: 1", "replicas: 2"),
            ("the strategy is Recreate", "type: Recreate", "type: RollingUpdate")),
        .. ChartFault.SeenBy(nameof(Deployment.There_is_one_pod_and_the_old_one_stops_first), Helpers,
            ("a name of its own begins the names",
                ".Values.instance.fullname | default .Values.instance.code", ".Values.instance.code")),
        .. ChartFault.SeenBy(nameof(Deployment.Its_selector_is_the_code_and_the_role_and_nothing_else), Helpers,
            ("the selector is code and role alone", "odoosky.io/role: {{ .role }}", "odoosky.io/role: {{ .role }}\na: b"),
            ("the selector holds the code", "{{ .root.Values.instance.code | quote }}", "{{ .root.Release.Name | quote }}"),
            ("the selector's code is quoted", "{{ .root.Values.instance.code | quote }}", "{{ .root.Values.instance.code }}")),
        .. ChartFault.SeenBy(nameof(Deployment.The_labels_stand_on_the_Deployment_and_on_its_pods), Helpers,
            ("the label's code is quoted", "{{ .Values.instance.code | quote }}", "{{ .Values.instance.code }}")),
        .. ChartFault.SeenBy(nameof(Deployment.The_labels_stand_on_the_Deployment_and_on_its_pods), File,
            ("the common labels stand on the pods",
                "{{- include \"instance.labels\" . | nindent 8 }}", "app.kubernetes.io/instance: {{ .Values.instance.code | quote }}"),
            ("the role stands on the Deployment", "    odoosky.io/role: odoo\nspec:\n  # One", "spec:\n  # One")),
        .. ChartFault.SeenBy(nameof(Deployment.No_label_holds_a_version_for_it_would_roll_the_fleet), Helpers,
            ("no label holds the chart's version",
                "app.kubernetes.io/part-of: odoo", "app.kubernetes.io/part-of: odoo\nhelm.sh/chart: instance-0.1.0")),
        .. ChartFault.SeenBy(nameof(AroundOdooTests.Every_object_carries_the_instances_code), Helpers,
            ("instance.labels contains the instance",
                "app.kubernetes.io/instance: {{ .Values.instance.code | quote }}", "odoosky.io/code: {{ .Values.instance.code | quote }}")),
    ];

    private static IEnumerable<ChartFault> Hash() =>
    [
        .. ChartFault.SeenBy(nameof(HashTests.The_hash_that_Helm_renders_is_the_one_that_odoosky_hash_says_for_that_Helm), File,
            ("16 digits", "trunc 16", "trunc 12"),
            ("SHA-256", "sha256sum", "sha1sum"),
            ("built-in rows count in the hash", ".Values.addons | toJson", "$addons | toJson")),
        .. ChartFault.SeenBy(nameof(HashTests.The_hash_is_16_digits_of_the_lists_JSON), File,
            ("of the list as JSON", ".Values.addons | toJson |", ".Values.addons | toYaml |"),
            ("of the list as it is, null included", ".Values.addons | toJson", ".Values.addons | default list | toJson")),
        .. ChartFault.SeenBy(nameof(HashTests.Every_field_of_every_row_counts_and_their_order_but_not_the_order_of_keys), File,
            ("every field and the order count", ".Values.addons | toJson", "(len (.Values.addons | default list)) | toJson")),
        .. ChartFault.SeenBy(nameof(HashTests.A_hash_that_looks_like_a_number_is_still_text_to_Kubernetes), File,
            ("the hash is quoted", "trunc 16 | quote }}", "trunc 16 }}")),
        .. ChartFault.SeenBy(nameof(Deployment.The_pod_carries_no_annotation_but_the_hash), File,
            ("a changed list rolls the pod", "odoosky.io/addons-hash:", "odoosky.io/hash:"),
            ("no other annotation rolls the pod",
                "      annotations:\n", "      annotations:\n        chart: {{ .Chart.Version | quote }}\n")),
    ];

    private static IEnumerable<ChartFault> Pod() =>
    [
        .. ChartFault.SeenBy(nameof(Deployment.Odoos_image_is_pulled_once_and_addon_images_each_time), File,
            ("the filestore's image is pulled when absent",
                "imagePullPolicy: IfNotPresent\n          securityContext:", "imagePullPolicy: Always\n          securityContext:"),
            ("the database's image is pulled when absent",
                "imagePullPolicy: IfNotPresent\n          command:", "imagePullPolicy: Always\n          command:"),
            ("Odoo's image is pulled when absent",
                "imagePullPolicy: IfNotPresent\n          args:", "imagePullPolicy: Always\n          args:"),
            ("addon images are pulled always", "imagePullPolicy: Always", "imagePullPolicy: IfNotPresent")),
        .. ChartFault.SeenBy(nameof(Deployment.Odoos_image_is_pulled_once_and_addon_images_each_time), Helpers,
            ("the mirror goes before Odoo's image", "{{- with .Values.imageMirror.registry }}{{ . }}/{{ end -}}", ""),
            ("the repository of Odoo's image", "{{- .Values.image.repository }}:", "odoo:"),
            ("the tag of Odoo's image", "{{ .Values.image.tag -}}", "17.0")),
        .. ChartFault.SeenBy(nameof(Deployment.Images_are_pulled_with_a_login_only_where_one_is_named), File,
            ("a login only where one is named",
                "{{- with .Values.imageMirror.pullSecret }}", "{{- with .Values.imageMirror.pullSecret | default \"none\" }}"),
            ("the login that is named", "        - name: {{ . | quote }}", "        - name: login-of-the-fleet")),
        .. ChartFault.SeenBy(nameof(Deployment.Images_are_pulled_with_a_login_only_where_one_is_named), "templates/pg-statefulset.yaml",
            ("PostgreSQL's pod takes the login too", "{{- with .Values.imageMirror.pullSecret }}", "{{- with \"\" }}")),
        .. ChartFault.SeenBy(nameof(Deployment.Odoos_group_owns_the_volumes_and_a_right_owner_is_not_set_again), File,
            ("fsGroup 101", "fsGroup: 101", "fsGroup: 100"),
            ("fsGroupChangePolicy OnRootMismatch", "OnRootMismatch", "Always")),
    ];

    private static IEnumerable<ChartFault> Serving() =>
    [
        .. ChartFault.SeenBy(nameof(Odoo.It_serves_its_own_database_and_no_other), File,
            ("-d <code>",
                "            - -d\n            - {{ .Values.instance.code | quote }}",
                "            - -d\n            - {{ $fullname | quote }}"),
            ("the code after -d is quoted",
                "            - {{ .Values.instance.code | quote }}", "            - {{ .Values.instance.code }}"),
            ("--db-filter from the start", "--db-filter=^%s$", "--db-filter=%s$"),
            ("--db-filter to the end", "--db-filter=^%s$", "--db-filter=^%s"),
            ("the image's entrypoint stays", "        - name: odoo\n", "        - name: odoo\n          command: [odoo]\n")),
        .. ChartFault.SeenBy(nameof(Odoo.With_addons_it_looks_for_them_behind_its_own), File,
            ("--addons-path with Odoo's own", "--addons-path=/usr/lib/python3/dist-packages/odoo/addons,%s", "--addons-path=%s"),
            ("PYTHONPATH below the mount path", "%s/.python-deps", "%s/python")),
        .. ChartFault.SeenBy(nameof(Odoo.Without_addons_it_gets_no_path_for_Odoo_refuses_an_empty_one), File,
            ("--addons-path only with addons",
                "{{- if $addons }}\n            - {{ printf \"--addons-path",
                "{{- if .Values.addons }}\n            - {{ printf \"--addons-path"),
            ("addons are mounted only with addons",
                "{{- if $addons }}\n            - name: addons", "{{- if .Values.addons }}\n            - name: addons")),
        .. ChartFault.SeenBy(nameof(InitContainerTests.Built_in_rows_alone_make_no_container_no_volume_no_path_and_no_python_path), File,
            ("PYTHONPATH only with addons",
                "{{- if $addons }}\n            - name: PYTHONPATH", "{{- if .Values.addons }}\n            - name: PYTHONPATH")),
        .. ChartFault.SeenBy(nameof(Odoo.It_listens_on_8069), File,
            ("port 8069", "containerPort: 8069", "containerPort: 8070"),
            ("the port's name is http", "            - name: http\n", "            - name: web\n")),
        .. ChartFault.SeenBy(nameof(Odoo.It_finds_the_database_as_db_init_does), File,
            ("Odoo has the database's environment",
                "8069\n          env:\n            {{- include \"instance.databaseEnvironment\" . | nindent 12 }}",
                "8069\n          env:")),
        .. ChartFault.SeenBy(nameof(Odoo.It_keeps_its_files_on_the_filestore), File,
            ("Odoo mounts the filestore",
                "              mountPath: /var/lib/odoo\n            {{- if",
                "              mountPath: /var/lib/odoo/filestore\n            {{- if")),
        .. ChartFault.SeenBy(nameof(Odoo.With_addons_they_are_mounted_for_reading_only), File,
            ("addons are mounted read-only", "readOnly: true", "readOnly: false"),
            ("addons are mounted at the mount path", "mountPath: {{ .Values.addonsMountPath | quote }}", "mountPath: /mnt/extra-addons")),
        .. ChartFault.SeenBy(nameof(Odoo.With_addons_it_looks_for_them_behind_its_own), "values.yaml",
            ("the mount path's default", "addonsMountPath: /mnt/extra-addons", "addonsMountPath: /mnt/addons")),
        .. ChartFault.SeenBy(nameof(Odoo.Each_role_has_its_own_resources), File,
            ("resources of the role odoo", "\"role\" \"odoo\") | nindent 12", "\"role\" \"pg\") | nindent 12")),
        .. ChartFault.SeenBy(nameof(Odoo.Each_role_has_its_own_resources), "templates/pg-statefulset.yaml",
            ("resources of the role pg", "\"role\" \"pg\") | nindent 12", "\"role\" \"odoo\") | nindent 12")),
    ];

    private static IEnumerable<ChartFault> Probes() =>
    [
        .. ChartFault.SeenBy(nameof(Odoo.It_is_ready_when_the_login_page_answers_within_75_s_of_grace), File,
            ("readiness asks /web/login", "/web/login", "/web/health"),
            ("readiness asks 8069", "path: /web/login\n              port: 8069", "path: /web/login\n              port: 8072"),
            ("readiness after 30 s", "initialDelaySeconds: 30", "initialDelaySeconds: 3"),
            ("readiness each 5 s", "periodSeconds: 5\n", "periodSeconds: 9\n"),
            ("readiness within 5 s", "timeoutSeconds: 5", "timeoutSeconds: 1"),
            ("readiness may fail 15 times", "failureThreshold: 15", "failureThreshold: 3")),
        .. ChartFault.SeenBy(nameof(Odoo.It_is_alive_as_long_as_its_port_takes_connections), File,
            ("liveness connects to 8069", "tcpSocket:\n              port: 8069", "tcpSocket:\n              port: 8072"),
            ("liveness after 60 s", "initialDelaySeconds: 60", "initialDelaySeconds: 6"),
            ("liveness each 30 s", "periodSeconds: 30\n", "periodSeconds: 9\n")),
    ];

    private static IEnumerable<ChartFault> Volumes() =>
    [
        .. ChartFault.SeenBy(nameof(Deployment.The_filestore_is_the_claim_of_the_same_name), File,
            ("the filestore is the claim <fullname>-odoo", "claimName: {{ $fullname }}-odoo", "claimName: {{ $fullname }}-data")),
        .. ChartFault.SeenBy(nameof(Deployment.With_addons_an_empty_folder_takes_them), File,
            ("addons lie in an emptyDir", "emptyDir: {}", "emptyDir: {medium: Memory}")),
        .. ChartFault.SeenBy(nameof(Deployment.Without_addons_the_filestore_is_the_only_volume), File,
            ("the volume addons only with addons",
                "        {{- if $addons }}\n        # Filled", "        {{- if .Values.addons }}\n        # Filled")),
    ];
}
