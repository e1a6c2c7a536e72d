using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>What the chart asks of Kubernetes, and what other charts' templates may ask of it.</summary>
public sealed class ChartVersionTests
{
    [Fact]
    public async Task Kubernetes_1_29_is_enough_and_1_28_is_refused_with_a_reason()
    {
        foreach (var helm in RealHelm.Both)
        {
            var (enough, old) = (await TemplateAsync(helm, "1.29.0"), await TemplateAsync(helm, "1.28.15"));
            Assert.True(enough.ExitCode == 0, enough.Errors);
            Assert.NotEqual(0, old.ExitCode);
            Assert.Contains("chart requires kubeVersion: >=1.29.0-0 which is incompatible with Kubernetes v1.28.15",
                old.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_suffix_that_a_provider_adds_to_the_version_does_no_harm()
    {
        foreach (var helm in RealHelm.Both) Assert.Equal(0, (await TemplateAsync(helm, "1.29.4-gke.1043002")).ExitCode);
    }

    [Fact]
    public async Task The_four_helpers_can_be_used_by_templates_beside_the_charts_own()
    {
        var folder = Directory.CreateTempSubdirectory("odoosky-helpers-");
        ChartUnderTest.Copy(ChartUnderTest.Folder, folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "templates", "own.yaml"), """
            kind: ConfigMap
            data:
              fullname: {{ include "instance.fullname" . }}
              image: {{ include "instance.odooImage" . }}
              labels: {{ include "instance.labels" . | fromYaml | toJson }}
              odoo: {{ include "instance.resources" (dict "Values" .Values "role" "odoo") | fromYaml | toJson }}
              pg: {{ include "instance.resources" (dict "Values" .Values "role" "pg") | fromYaml | toJson }}
            """);
        const string overlay = "instance: {code: acme, fullname: odoo-prod}\nimageMirror: {registry: m.example}\nresources: {odoo: null}\n";
        foreach (var helm in RealHelm.Both)
            Assert.Equal(
                "{\"fullname\":\"odoo-prod\",\"image\":\"m.example/odoo:17.0\",\"labels\":{\"app.kubernetes.io/instance\":\"acme\","
                + "\"app.kubernetes.io/managed-by\":\"Helm\",\"app.kubernetes.io/part-of\":\"odoo\"},\"odoo\":{},"
                + "\"pg\":{\"limits\":{\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"100m\",\"memory\":\"256Mi\"}}}",
                (await helm.RenderTextAsync(folder.FullName, overlay)).Single("ConfigMap").At("data")!.ToJsonString());
        folder.Delete(recursive: true);
    }

    private static Task<ProgramRun> TemplateAsync(RealHelm helm, string kubernetes) =>
        helm.TemplateTextAsync(ChartUnderTest.Folder, "instance: {code: acme}\n", "--kube-version", kubernetes);
}
