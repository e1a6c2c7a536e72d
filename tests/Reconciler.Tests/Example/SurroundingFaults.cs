using Around = OdooSky.GitOps.Reconciler.Tests.Example.AroundOdooTests;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Faults around the Deployment: claims, PostgreSQL, the Secret, the way in, the schema, the list of restarts.</summary>
internal static class SurroundingFaults
{
    private const string Claims = "templates/volumes.yaml";
    private const string Helpers = "templates/_helpers.tpl";
    private const string Secret = "templates/pg-secret.yaml";
    private const string Set = "templates/pg-statefulset.yaml";
    private const string Ingress = "templates/odoo-ingress.yaml";
    private const string Retry = "templates/odoo-retry.yaml";
    private const string List = "restart-paths.yaml";
    private const string Schema = "values.schema.json";

    public static ChartFault[] All { get; } = [.. Data(), .. PostgreSql(), .. WayIn(), .. Codes(), .. Refusals(), .. Restarts()];

    private static IEnumerable<ChartFault> Data() =>
    [
        .. ChartFault.SeenBy(nameof(Around.Every_claim_that_a_pod_names_is_in_the_release_and_outlives_it), Claims,
            ("the claims are in the release", "list \"odoo\" \"pg\"", "list \"odoo\""),
            ("a claim has one writer", "ReadWriteOnce", "ReadWriteMany")),
        .. ChartFault.SeenBy(nameof(Around.Sizes_and_storage_classes_reach_the_claims), Claims,
            ("a claim's size", "storage: {{ $volume.size | quote }}", "storage: 10Gi"),
            ("a claim's storage class", "storageClassName: {{ . | quote }}", "storageClassName: standard")),
        .. ChartFault.SeenBy(nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else), Claims,
            ("claims outlive the release", "{{- include \"instance.keep\" $ | nindent 4 }}", "x: y")),
        .. ChartFault.SeenBy(nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else), Helpers,
            ("Helm keeps what holds data", "helm.sh/resource-policy: keep", "x: y"),
            ("Argo CD does not delete what holds data", "Prune=false,Delete=false", "Prune=false"),
            ("Argo CD does not prune what holds data", "Prune=false,Delete=false", "Delete=false")),
        .. ChartFault.SeenBy(nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else), Set,
            ("a retired instance's pods go",
                "  name: {{ $fullname }}-pg\n  labels:",
                "  name: {{ $fullname }}-pg\n  annotations: {helm.sh/resource-policy: keep}\n  labels:")),
    ];

    private static IEnumerable<ChartFault> PostgreSql() =>
    [
        .. ChartFault.SeenBy(nameof(Around.The_Secret_that_the_pods_name_is_made_and_kept_unless_it_is_the_users_own), Secret,
            ("the Secret outlives the release", "{{- include \"instance.keep\" . | nindent 4 }}", "x: y"),
            ("an own Secret is not made", "{{- if not .Values.postgresql.existingSecret }}", "{{- if true }}"),
            ("the user is odoo", "\"odoo\" | b64enc", "\"postgres\" | b64enc"),
            ("a password of 32 characters", "randAlphaNum 32", "randAlphaNum 8")),
        .. ChartFault.SeenBy(nameof(Around.PostgreSQL_takes_user_and_password_from_the_same_Secret_as_Odoo), Helpers,
            ("an own Secret is used", "{{- .Values.postgresql.existingSecret | default (", "{{- \"\" | default (")),
        .. ChartFault.SeenBy(nameof(LivePasswordTests.Where_there_is_none_yet_one_is_made), Secret,
            ("a password is made for each instance", "randAlphaNum 32 |", "\"not-so-secret\" |")),
        .. ChartFault.SeenBy(nameof(LivePasswordTests.The_password_that_is_in_the_cluster_stays_with_all_that_the_Secret_holds), Secret,
            ("the password is made once", "lookup \"v1\" \"Secret\" .Release.Namespace $name | default dict", "dict")),
        .. ChartFault.SeenBy(nameof(Around.PostgreSQL_answers_where_Odoo_asks), "templates/pg-service.yaml",
            ("PostgreSQL's Service has its name", "}}-pg\n", "}}-db\n"),
            ("PostgreSQL's Service leads to its pod", "\"role\" \"pg\"", "\"role\" \"odoo\""),
            ("PostgreSQL's Service has the port 5432", "port: 5432", "port: 6432")),
        .. ChartFault.SeenBy(nameof(Around.PostgreSQL_answers_where_Odoo_asks), Set,
            ("PostgreSQL's pod has the port that the Service names", "            - name: postgresql\n", "            - name: pg\n"),
            ("the StatefulSet names its Service", "serviceName: {{ $fullname }}-pg", "serviceName: pg"),
            ("PostgreSQL's image",
                ".Values.postgresql.image.repository .Values.postgresql.image.tag", "\"postgres\" .Values.postgresql.image.tag")),
        .. ChartFault.SeenBy(nameof(Around.PostgreSQL_takes_user_and_password_from_the_same_Secret_as_Odoo), Set,
            ("PostgreSQL's user and password come from the Secret's keys", "key: {{ . }}}", "key: POSTGRES_PASSWORD}")),
    ];

    private static IEnumerable<ChartFault> WayIn() =>
    [
        .. ChartFault.SeenBy(nameof(Around.Odoos_Service_leads_to_its_pod), "templates/odoo-service.yaml",
            ("Odoo's Service leads to its pod", "\"role\" \"odoo\"", "\"role\" \"pg\""),
            ("Odoo's Service has the port 8069", "port: 8069", "port: 80")),
        .. ChartFault.SeenBy(nameof(Around.An_Ingress_leads_to_the_Service_unless_it_is_switched_off), Ingress,
            ("the Ingress leads to the Service", "                name: {{ $fullname }}-odoo", "                name: {{ $fullname }}"),
            ("an Ingress can be switched off", "{{- if .Values.ingress.enabled }}", "{{- if true }}")),
        .. ChartFault.SeenBy(nameof(Around.The_host_is_the_code_under_the_fleets_domain_or_the_one_named), Ingress,
            ("the host that is named", ".Values.ingress.host | default (", "\"\" | default ("),
            ("the host is the code under the domain", "(printf \"%s.%s\" .Values.instance.code", "(printf \"%s.%s\" $fullname"),
            ("the fleet's domain", ".Values.instance.code .Values.ingress.domain)", ".Values.instance.code \"odoo.example\")")),
        .. ChartFault.SeenBy(nameof(Around.Class_certificate_and_annotations_are_those_of_the_overlay), Ingress,
            ("the Ingress class", "ingressClassName: {{ . | quote }}", "ingressClassName: nginx-public"),
            ("the certificate", "secretName: {{ . | quote }}", "secretName: tls-of-the-fleet"),
            ("annotations stay beside the Middleware", "(list (get $annotations $key) $own)", "(list $own)")),
        .. ChartFault.SeenBy(nameof(Around.With_Traefik_a_Middleware_asks_again_while_a_pod_is_replaced), Ingress,
            ("the Ingress names the Middleware", "{{- if .Values.ingress.retry.enabled -}}", "{{- if false -}}")),
        .. ChartFault.SeenBy(nameof(Around.With_Traefik_a_Middleware_asks_again_while_a_pod_is_replaced), Retry,
            ("a Middleware only where it is asked for",
                "{{- if and .Values.ingress.enabled .Values.ingress.retry.enabled }}", "{{- if .Values.ingress.enabled }}"),
            ("no Middleware without an Ingress",
                "{{- if and .Values.ingress.enabled .Values.ingress.retry.enabled }}", "{{- if .Values.ingress.retry.enabled }}"),
            ("how long it waits before it asks again", "{{ .Values.ingress.retry.initialInterval | quote }}", "500ms"),
            ("how often it asks again", ".Values.ingress.retry.attempts | int", "3")),
    ];

    private static IEnumerable<ChartFault> Codes() =>
    [
        .. ChartFault.SeenBy(nameof(HostileChartTests.No_hostile_text_passes_for_a_code), Schema,
            ("a code starts with a letter",
                "\"code\": {\n      \"if\": {\n        \"type\": \"string\",\n        \"pattern\": \"^[a-z](",
                "\"code\": {\n      \"if\": {\n        \"type\": \"string\",\n        \"pattern\": \"^[a-z0-9]("),
            ("a code has at most 40 characters",
                "[a-z0-9])?$\",\n        \"maxLength\": 40,", "[a-z0-9])?$\",\n        \"maxLength\": 41,"),
            ("a code is no database of PostgreSQL's own", "\"enum\": [\"postgres\", ", "\"enum\": [")),
        .. ChartFault.SeenBy(nameof(HostileChartTests.No_hostile_text_passes_for_a_clones_origin), Schema,
            ("a clone's origin is a code",
                "\"cloneFromCode\": { \"$ref\": \"#/definitions/optionalCode\" }", "\"cloneFromCode\": { \"type\": \"string\" }")),
        .. ChartFault.SeenBy(nameof(HostileChartTests.No_text_that_the_tools_refuse_passes_for_an_addons_code), Schema,
            ("an addon's code is plain", "\"^[A-Za-z0-9][A-Za-z0-9_-]*$\"", "\"^[A-Za-z0-9]\"")),
        .. ChartFault.SeenBy(nameof(HostileChartTests.No_sentence_of_the_schema_passes_for_a_value), Schema,
            ("no sentence is a value", "\"type\": \"string\", \"pattern\": \" \" }", "\"type\": \"string\", \"pattern\": \"^$\" }")),
    ];

    private static IEnumerable<ChartFault> Refusals() =>
    [
        .. ChartFault.SeenBy(nameof(RefusalTests.A_wrong_value_is_named_and_what_is_right_is_said_in_a_sentence), Schema,
            ("the mount path is absolute and plain", "\"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$\"", "\"^(/?[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$\""),
            ("the mount path is not the system's", "|tmp|usr|", "|tmp|"),
            ("the mount path is not the filestore's", "|usr|var)", "|usr)"),
            ("the mount path is not the entry point's", "|entrypoint\\\\.sh|", "|"),
            ("an amount of a resource is one", "\"minimum\": 0,\n          \"pattern\": \"^[0-9]+", "\"pattern\": \"[0-9]+"),
            ("an amount of a resource is no boolean",
                "[\"number\", \"string\", \"null\"]", "[\"number\", \"string\", \"null\", \"boolean\"]"),
            ("a version is a text", "\"version\": { \"$ref\": \"#/definitions/tag\" }", "\"version\": {}"),
            ("a mirror is a registry's host", "(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)?$\"", "(/[a-z0-9]*([._-]+[a-z0-9]+)*)*)?$\"")),
        .. ChartFault.SeenBy(nameof(RefusalTests.A_missing_key_an_unknown_key_and_a_wrong_type_are_named), Schema,
            ("a row has a source", "\"required\": [\"code\", \"source\"]", "\"required\": [\"code\"]"),
            ("a row has a code", "\"required\": [\"code\", \"source\"]", "\"required\": [\"source\"]"),
            ("a row that is not built in has an image", "\"required\": [\"image\", \"version\"]", "\"required\": [\"version\"]"),
            ("a row that is not built in has a version", "\"required\": [\"image\", \"version\"]", "\"required\": [\"image\"]"),
            ("an unknown key of the mirror or the instance is refused",
                "\"instance\": {\n      \"type\": \"object\",\n      \"additionalProperties\": false,",
                "\"instance\": {\n      \"type\": \"object\",")),
        .. ChartFault.SeenBy(nameof(ChartVersionTests.Kubernetes_1_29_is_enough_and_1_28_is_refused_with_a_reason), "Chart.yaml",
            ("Kubernetes 1.29 and newer", ">=1.29.0-0", ">=1.25.0-0")),
        .. ChartFault.SeenBy(nameof(ChartVersionTests.A_suffix_that_a_provider_adds_to_the_version_does_no_harm), "Chart.yaml",
            ("a provider's version is a version", ">=1.29.0-0", ">=1.29.0")),
        .. ChartFault.SeenBy(nameof(ChartVersionTests.The_four_helpers_can_be_used_by_templates_beside_the_charts_own), Helpers,
            ("the helper instance.resources takes Values and a role",
                "get (.Values.resources | default dict) .role", "get (.Values.resources | default dict) \"odoo\"")),
    ];

    private static IEnumerable<ChartFault> Restarts() =>
    [
        .. ChartFault.SeenBy(nameof(RestartPathsTests.What_is_listed_is_what_Helm_rolls), List,
            ("the list says which pods roll", "resources.pg: [pg]", "resources.pg: []"),
            ("the list says what rolls nothing", "ingress: []", "ingress: [odoo]")),
        .. ChartFault.SeenBy(nameof(RestartPathsTests.Every_value_of_the_chart_is_listed_and_tried_or_left_out_on_purpose), List,
            ("what is not in the list counts as a restart", "  persistence.pg.size: []\n", "")),
        .. ChartFault.SeenBy(nameof(RestartPathsTests.The_file_is_read_without_a_problem), List,
            ("the chart ships the list", "kind: RestartPaths", "kind: Restarts")),
        .. ChartFault.SeenBy(nameof(RestartPathsTests.A_size_of_a_volume_and_the_way_in_change_without_an_outage), Helpers,
            ("the way in rolls no pod",
                "app.kubernetes.io/part-of: odoo", "app.kubernetes.io/part-of: {{ .Values.ingress.host | default \"odoo\" }}")),
    ];
}
