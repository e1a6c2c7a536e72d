using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>The API's own schemas, offline: one run of node looks at all objects, and for fields that no schema knows.</summary>
public sealed class KubernetesSchemaTests
{
    [Fact]
    public async Task Every_object_of_every_rendering_is_what_the_API_takes()
    {
        // Traefik's Middleware is a custom resource, whose schema comes with Traefik.
        var objects = (await Renderings.AllAsync())
            .SelectMany(rendered => rendered.Manifests.Objects.Select(item => (Rendered: rendered, Item: item)))
            .Where(pair => pair.Item.Text("kind") != "Middleware").ToList();
        var problems = await CheckAsync(objects.Select(pair => pair.Item));
        Assert.Equal(objects.Count, problems.Length);
        Assert.All(objects.Zip(problems), pair =>
            Assert.True(pair.Second == "[]", $"{pair.First.Rendered}, {pair.First.Item.Text("kind")}: {pair.Second}"));
    }

    [Fact]
    public async Task Argo_CDs_objects_are_what_Argo_CD_takes()
    {
        string[] files = ["application.yaml", "application-two-sources.yaml", "applicationset.yaml", "project.yaml"];
        var objects = files.Select(file => KubernetesYaml.Read(File.ReadAllText(Path.Combine(ExampleRepo.Root, "argocd", file))).Single()!);
        // The project's schema in the package lost the field "description", which Argo CD's has.
        Assert.Equal(["[]", "[]", "[]", """["/spec/description: unknown field"]"""], await CheckAsync(objects));
    }

    [Fact]
    public async Task What_the_API_refuses_or_drops_without_a_word_is_found()
    {
        var rendered = (await Renderings.OfAsync("nothing but a code"))[0].Manifests;
        var (number, typo) = (rendered.Odoo.DeepClone(), rendered.Odoo.DeepClone());
        var (text, nested) = (rendered.Pg.DeepClone(), rendered.Single("Ingress").DeepClone());
        number.At("spec.template.metadata.annotations")!["odoosky.io/addons-hash"] = 2913148125297847;
        typo.At("spec.template.spec")!["securityContexts"] = new JsonObject();
        text.At("spec")!["replicas"] = "1";
        nested.List("spec.rules")[0].List("http.paths")[0]["backends"] = new JsonObject();
        Assert.Equal(
            [
                """["data/spec/template/metadata/annotations/odoosky.io~1addons-hash must be string"]""",
                """["/spec/template/spec/securityContexts: unknown field"]""",
                """["data/spec/replicas must be integer"]""",
                """["/spec/rules/0/http/paths/0/backends: unknown field"]""",
            ],
            await CheckAsync([number, typo, text, nested]));
    }

    private static async Task<string[]> CheckAsync(IEnumerable<JsonNode> objects)
    {
        var lines = string.Concat(objects.Select(item => item.ToJsonString() + "\n"));
        var validator = Path.Combine(ExampleRepo.Sources, "tests", "tools", "validate-kubernetes.cjs");
        var run = await TestProgram.RunAsync("node", [validator], lines);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
