using System.Text.Json.Nodes;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>kubectl decodes objects into Kubernetes' own types without asking a server.</summary>
public sealed class KubernetesTypesTests
{
    [Fact]
    public async Task Kubernetes_reads_every_object_of_every_rendering()
    {
        var rendered = (await Renderings.AllAsync()).Where(item => item.Helm == RealHelm.Four).ToList();
        var objects = rendered.SelectMany(item => item.Manifests.Objects).Where(item => item.Text("kind") != "Middleware").ToList();
        var pods = objects.Count(item => item.Text("kind") is "Deployment" or "StatefulSet");
        var run = await DecodeAsync(objects);
        Assert.DoesNotContain("decode", run.Errors, StringComparison.Ordinal);
        Assert.Equal(pods, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(objects.Count - pods, run.Errors.Split("does not have a pod template: *v1.").Length - 1);
    }

    [Fact]
    public async Task Kubernetes_would_refuse_a_hash_that_is_a_number()
    {
        var deployment = (await Renderings.OfAsync(NumberLikeList.Digits.Name))[0].Manifests.Odoo.DeepClone();
        deployment.At("spec.template.metadata.annotations")!["odoosky.io/addons-hash"] = 2913148125297847;
        var run = await DecodeAsync([deployment]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("cannot unmarshal number into Go struct field ObjectMeta.spec.template.metadata.annotations of type string",
            run.Errors, StringComparison.Ordinal);
    }

    // Sets a variable in all pod templates, which needs the types; of other kinds kubectl says that they have none.
    private static Task<ProgramRun> DecodeAsync(IEnumerable<JsonNode> objects)
    {
        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List",
            ["items"] = new JsonArray([.. objects.Select(item => item.DeepClone())]) };
        return TestTool.RunAsync("kubectl", ["set", "env", "--local", "--filename", "-", "--output", "name", "CHECKED=yes"],
            list.ToJsonString());
    }
}
