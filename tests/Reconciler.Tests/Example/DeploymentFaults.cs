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
        new("the name is <fullname>-odoo", File, "  name: {{ $fullname }}-odoo", "  name: {{ $fullname }}", nameof(Deployment.There_is_one_pod_and_the_old_one_stops_first)),
        new("one replica", File, "replicas: 1", "replicas: 2", nameof(Deployment.There_is_one_pod_and_the_old_one_stops_first)),
        new("the strategy is Recreate", File, "type: Recreate", "type: RollingUpdate", nameof(Deployment.There_is_one_pod_and_the_old_one_stops_first)),
        new("the selector is code and role alone", Helpers, "odoosky.io/role: {{ .role }}", "odoosky.io/role: {{ .role }}\na: b", nameof(Deployment.Its_selector_is_the_code_and_the_role_and_nothing_else)),
        new("the selector holds the code", Helpers, "{{ .root.Values.instance.code | quote }}", "{{ .root.Release.Name | quote }}", nameof(Deployment.Its_selector_is_the_code_and_the_role_and_nothing_else)),
        new("the selector's code is quoted", Helpers, "{{ .root.Values.instance.code | quote }}", "{{ .root.Values.instance.code }}", nameof(Deployment.Its_selector_is_the_code_and_the_role_and_nothing_else)),
        new("the label's code is quoted", Helpers, "{{ .Values.instance.code | quote }}", "{{ .Values.instance.code }}", nameof(Deployment.The_labels_stand_on_the_Deployment_and_on_its_pods)),
        new("the common labels stand on the pods", File, "{{- include \"instance.labels\" . | nindent 8 }}", "app.kubernetes.io/instance: {{ .Values.instance.code | quote }}", nameof(Deployment.The_labels_stand_on_the_Deployment_and_on_its_pods)),
        new("the role stands on the Deployment", File, "    odoosky.io/role: odoo\nspec:\n  # One", "spec:\n  # One", nameof(Deployment.The_labels_stand_on_the_Deployment_and_on_its_pods)),
        new("no label holds the chart's version", Helpers, "app.kubernetes.io/part-of: odoo", "app.kubernetes.io/part-of: odoo\nhelm.sh/chart: instance-0.1.0", nameof(Deployment.No_label_holds_a_version_for_it_would_roll_the_fleet)),
        new("instance.labels contains the instance", Helpers, "app.kubernetes.io/instance: {{ .Values.instance.code | quote }}", "odoosky.io/code: {{ .Values.instance.code | quote }}", nameof(AroundOdooTests.Every_object_carries_the_instances_code)),
    ];

    private static IEnumerable<ChartFault> Hash() =>
    [
        new("16 digits", File, "trunc 16", "trunc 12", nameof(HashTests.The_hash_that_Helm_renders_is_the_predicted_one)),
        new("SHA-256", File, "sha256sum", "sha1sum", nameof(HashTests.The_hash_that_Helm_renders_is_the_predicted_one)),
        new("of the list as JSON", File, ".Values.addons | toJson |", ".Values.addons | toYaml |", nameof(HashTests.The_hash_is_16_digits_of_the_lists_JSON)),
        new("of the list as it is, null included", File, ".Values.addons | toJson", ".Values.addons | default list | toJson", nameof(HashTests.The_hash_is_16_digits_of_the_lists_JSON)),
        new("built-in rows count in the hash", File, ".Values.addons | toJson", "$addons | toJson", nameof(HashTests.The_hash_that_Helm_renders_is_the_predicted_one)),
        new("every field and the order count", File, ".Values.addons | toJson", "(len (.Values.addons | default list)) | toJson", nameof(HashTests.Every_field_of_every_row_counts_and_their_order_but_not_the_order_of_keys)),
        new("the hash is quoted", File, "trunc 16 | quote }}", "trunc 16 }}", nameof(HashTests.A_hash_that_looks_like_a_number_is_still_text_to_Kubernetes)),
        new("a changed list rolls the pod", File, "odoosky.io/addons-hash:", "odoosky.io/hash:", nameof(Deployment.The_pod_carries_no_annotation_but_the_hash)),
        new("no other annotation rolls the pod", File, "      annotations:\n", "      annotations:\n        chart: {{ .Chart.Version | quote }}\n", nameof(Deployment.The_pod_carries_no_annotation_but_the_hash)),
    ];

    private static IEnumerable<ChartFault> Pod() =>
    [
        new("the filestore's image is pulled when absent", File, "imagePullPolicy: IfNotPresent\n          securityContext:", "imagePullPolicy: Always\n          securityContext:", nameof(Deployment.Odoos_image_is_pulled_once_and_addon_images_each_time)),
        new("the database's image is pulled when absent", File, "imagePullPolicy: IfNotPresent\n          command:", "imagePullPolicy: Always\n          command:", nameof(Deployment.Odoos_image_is_pulled_once_and_addon_images_each_time)),
        new("Odoo's image is pulled when absent", File, "imagePullPolicy: IfNotPresent\n          args:", "imagePullPolicy: Always\n          args:", nameof(Deployment.Odoos_image_is_pulled_once_and_addon_images_each_time)),
        new("addon images are pulled always", File, "imagePullPolicy: Always", "imagePullPolicy: IfNotPresent", nameof(Deployment.Odoos_image_is_pulled_once_and_addon_images_each_time)),
        new("the mirror goes before Odoo's image", Helpers, "{{- with .Values.imageMirror.registry }}{{ . }}/{{ end -}}", "", nameof(Deployment.Odoos_image_is_pulled_once_and_addon_images_each_time)),
        new("a login only where one is named", File, "{{- with .Values.imageMirror.pullSecret }}", "{{- with .Values.imageMirror.pullSecret | default \"none\" }}", nameof(Deployment.Images_are_pulled_with_a_login_only_where_one_is_named)),
        new("the login that is named", File, "        - name: {{ . | quote }}", "        - name: login-of-the-fleet", nameof(Deployment.Images_are_pulled_with_a_login_only_where_one_is_named)),
        new("PostgreSQL's pod takes the login too", "templates/pg-statefulset.yaml", "{{- with .Values.imageMirror.pullSecret }}", "{{- with \"\" }}", nameof(Deployment.Images_are_pulled_with_a_login_only_where_one_is_named)),
        new("fsGroup 101", File, "fsGroup: 101", "fsGroup: 100", nameof(Deployment.Odoos_group_owns_the_volumes_and_a_right_owner_is_not_set_again)),
        new("fsGroupChangePolicy OnRootMismatch", File, "OnRootMismatch", "Always", nameof(Deployment.Odoos_group_owns_the_volumes_and_a_right_owner_is_not_set_again)),
    ];

    private static IEnumerable<ChartFault> Serving() =>
    [
        new("-d <code>", File, "            - -d\n            - {{ .Values.instance.code | quote }}", "            - -d\n            - {{ $fullname | quote }}", nameof(Odoo.It_serves_its_own_database_and_no_other)),
        new("the code after -d is quoted", File, "            - {{ .Values.instance.code | quote }}", "            - {{ .Values.instance.code }}", nameof(Odoo.It_serves_its_own_database_and_no_other)),
        new("--db-filter from the start", File, "--db-filter=^%s$", "--db-filter=%s$", nameof(Odoo.It_serves_its_own_database_and_no_other)),
        new("--db-filter to the end", File, "--db-filter=^%s$", "--db-filter=^%s", nameof(Odoo.It_serves_its_own_database_and_no_other)),
        new("the image's entrypoint stays", File, "        - name: odoo\n", "        - name: odoo\n          command: [odoo]\n", nameof(Odoo.It_serves_its_own_database_and_no_other)),
        new("--addons-path with Odoo's own", File, "--addons-path=/usr/lib/python3/dist-packages/odoo/addons,%s", "--addons-path=%s", nameof(Odoo.With_addons_it_looks_for_them_behind_its_own)),
        new("--addons-path only with addons", File, "{{- if $addons }}\n            - {{ printf \"--addons-path", "{{- if .Values.addons }}\n            - {{ printf \"--addons-path", nameof(Odoo.Without_addons_it_gets_no_path_for_Odoo_refuses_an_empty_one)),
        new("PYTHONPATH below the mount path", File, "%s/.python-deps", "%s/python", nameof(Odoo.With_addons_it_looks_for_them_behind_its_own)),
        new("PYTHONPATH only with addons", File, "{{- if $addons }}\n            - name: PYTHONPATH", "{{- if .Values.addons }}\n            - name: PYTHONPATH", nameof(InitContainerTests.Built_in_rows_alone_make_no_container_no_volume_no_path_and_no_python_path)),
        new("port 8069", File, "containerPort: 8069", "containerPort: 8070", nameof(Odoo.It_listens_on_8069)),
        new("the port's name is http", File, "            - name: http\n", "            - name: web\n", nameof(Odoo.It_listens_on_8069)),
        new("Odoo has the database's environment", File, "              containerPort: 8069\n          env:\n            {{- include \"instance.databaseEnvironment\" . | nindent 12 }}", "              containerPort: 8069\n          env:", nameof(Odoo.It_finds_the_database_as_db_init_does)),
        new("Odoo mounts the filestore", File, "              mountPath: /var/lib/odoo\n            {{- if", "              mountPath: /var/lib/odoo/filestore\n            {{- if", nameof(Odoo.It_keeps_its_files_on_the_filestore)),
        new("addons are mounted read-only", File, "readOnly: true", "readOnly: false", nameof(Odoo.With_addons_they_are_mounted_for_reading_only)),
        new("addons are mounted at the mount path", File, "mountPath: {{ .Values.addonsMountPath | quote }}", "mountPath: /mnt/extra-addons", nameof(Odoo.With_addons_they_are_mounted_for_reading_only)),
        new("addons are mounted only with addons", File, "{{- if $addons }}\n            - name: addons", "{{- if .Values.addons }}\n            - name: addons", nameof(Odoo.Without_addons_it_gets_no_path_for_Odoo_refuses_an_empty_one)),
        new("the mount path's default", "values.yaml", "addonsMountPath: /mnt/extra-addons", "addonsMountPath: /mnt/addons", nameof(Odoo.With_addons_it_looks_for_them_behind_its_own)),
        new("resources of the role odoo", File, "\"role\" \"odoo\") | nindent 12", "\"role\" \"pg\") | nindent 12", nameof(Odoo.Each_role_has_its_own_resources)),
        new("resources of the role pg", "templates/pg-statefulset.yaml", "\"role\" \"pg\") | nindent 12", "\"role\" \"odoo\") | nindent 12", nameof(Odoo.Each_role_has_its_own_resources)),
    ];

    private static IEnumerable<ChartFault> Probes() =>
    [
        new("readiness asks /web/login", File, "/web/login", "/web/health", nameof(Odoo.It_is_ready_when_the_login_page_answers_within_75_s_of_grace)),
        new("readiness asks 8069", File, "path: /web/login\n              port: 8069", "path: /web/login\n              port: 8072", nameof(Odoo.It_is_ready_when_the_login_page_answers_within_75_s_of_grace)),
        new("readiness after 30 s", File, "initialDelaySeconds: 30", "initialDelaySeconds: 3", nameof(Odoo.It_is_ready_when_the_login_page_answers_within_75_s_of_grace)),
        new("readiness each 5 s", File, "periodSeconds: 5\n", "periodSeconds: 9\n", nameof(Odoo.It_is_ready_when_the_login_page_answers_within_75_s_of_grace)),
        new("readiness within 5 s", File, "timeoutSeconds: 5", "timeoutSeconds: 1", nameof(Odoo.It_is_ready_when_the_login_page_answers_within_75_s_of_grace)),
        new("readiness may fail 15 times", File, "failureThreshold: 15", "failureThreshold: 3", nameof(Odoo.It_is_ready_when_the_login_page_answers_within_75_s_of_grace)),
        new("liveness connects to 8069", File, "tcpSocket:\n              port: 8069", "tcpSocket:\n              port: 8072", nameof(Odoo.It_is_alive_as_long_as_its_port_takes_connections)),
        new("liveness after 60 s", File, "initialDelaySeconds: 60", "initialDelaySeconds: 6", nameof(Odoo.It_is_alive_as_long_as_its_port_takes_connections)),
        new("liveness each 30 s", File, "periodSeconds: 30\n", "periodSeconds: 9\n", nameof(Odoo.It_is_alive_as_long_as_its_port_takes_connections)),
    ];

    private static IEnumerable<ChartFault> Volumes() =>
    [
        new("the filestore is the claim <fullname>-odoo", File, "claimName: {{ $fullname }}-odoo", "claimName: {{ $fullname }}-data", nameof(Deployment.The_filestore_is_the_claim_of_the_same_name)),
        new("addons lie in an emptyDir", File, "emptyDir: {}", "emptyDir: {medium: Memory}", nameof(Deployment.With_addons_an_empty_folder_takes_them)),
        new("the volume addons only with addons", File, "        {{- if $addons }}\n        # Filled", "        {{- if .Values.addons }}\n        # Filled", nameof(Deployment.Without_addons_the_filestore_is_the_only_volume)),
    ];
}
