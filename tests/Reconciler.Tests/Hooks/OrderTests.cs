using System.Net.Http.Headers;
using OdooSky.GitOps.Reconciler.Schedule;
using OdooSky.GitOps.Reconciler.Tests.Cli;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Hooks;

/// <summary>Orders with the token, over HTTP and by <c>odoosky reconcile now</c>.</summary>
public sealed class OrderTests : IClassFixture<FleetService>, IDisposable
{
    private readonly Prompt prompt = new();
    private readonly FleetService fleet;

    public OrderTests(FleetService fleet)
    {
        this.fleet = fleet;
        fleet.GoOn();
    }

    private HookedService Service => fleet.Service;

    public void Dispose() => prompt.Dispose();

    [Fact]
    public async Task Reconcile_now_makes_a_pass_of_every_target_and_says_how_they_ended()
    {
        var ran = await NowAsync();

        Assert.True(ran.Exit == 0, ran.Messages);
        Assert.Matches(@"\Aprod         unchanged in \d+\.\d s: 1 unchanged\nstage        unchanged in \d+\.\d s: 1 unchanged\n\z", ran.Output);
        Assert.Equal(["prod Reconcile", "stage Reconcile"], new[] { await Service.RanAsync(), await Service.RanAsync() }.Order());
    }

    [Fact]
    public async Task It_need_not_wait_and_takes_one_target()
    {
        var ran = await NowAsync("--target", "stage", "--no-wait");

        Assert.Equal((0, "stage        started\n"), (ran.Exit, ran.Output));
        Assert.Equal("stage Reconcile", await Service.RanAsync());
        Assert.False(Service.HasRun);
    }

    [Fact]
    public async Task What_is_wrong_has_a_code_and_an_exit_code()
    {
        var unknown = await NowAsync("--target", "nowhere");
        Assert.Equal(1, unknown.Exit);
        Assert.Contains("OSG0811", unknown.Messages, StringComparison.Ordinal);
        Assert.Contains("prod, stage", unknown.Messages, StringComparison.Ordinal);

        prompt.Write("token", "ffffffffffffffffffffffffffffffff\n");
        var wrong = await prompt.RunAsync("reconcile", "now", "--url", Service.Address.ToString(), "--token-file", "token");
        Assert.Equal(4, wrong.Exit);
        Assert.Contains("OSG0812", wrong.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("ffffffffffffffff", wrong.Output + wrong.Messages, StringComparison.Ordinal);

        var inTheClear = await prompt.RunAsync("reconcile", "now", "--url", "http://fleet.example.com", "--token-file", "token");
        Assert.Equal(1, inTheClear.Exit);
        Assert.Contains("https://", inTheClear.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HookedService.Token, null, null, 202)]
    [InlineData(null, null, null, 401)]
    [InlineData("0123456789abcdef0123456789abcdeF", null, null, 401)]
    [InlineData("0123456789abcdef", null, null, 401)]
    [InlineData(HookedService.Token, "application/x-www-form-urlencoded", null, 415)]
    [InlineData(HookedService.Token, "multipart/form-data", null, 415)]
    [InlineData(HookedService.Token, "text/plain", null, 415)]
    [InlineData(HookedService.Token, null, "evil.example", 421)]
    public async Task Only_the_token_starts_a_pass_and_no_form_of_a_browser(string? token, string? type, string? host, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Service.Address, "/api/reconcile?target=prod"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (type is not null) request.Content = new StringContent("x", new MediaTypeHeaderValue(type));
        if (host is not null) request.Headers.Host = host;

        Assert.Equal(status, (await Service.SendAsync(request)).Status);
        if (status == 202) Assert.Equal("prod Reconcile", await Service.RanAsync());
        Assert.False(Service.HasRun);
    }

    [Fact]
    public async Task Without_its_setting_no_orders_are_taken()
    {
        Service.Doors = new DoorKeys(Service.SecretFile, null);

        var ran = await NowAsync();

        Assert.Equal(1, ran.Exit);
        Assert.Contains("page.adminTokenFile", ran.Messages, StringComparison.Ordinal);
    }

    private Task<Passes.Ran> NowAsync(params string[] more) =>
        prompt.RunAsync(["reconcile", "now", "--url", Service.Address.ToString(), "--token-file", Service.TokenFile, .. more]);
}
