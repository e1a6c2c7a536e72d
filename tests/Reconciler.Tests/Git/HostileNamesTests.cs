using OdooSky.GitOps.Overlay.Desired;
using OdooSky.GitOps.Reconciler.Git;
using Xunit;
using static OdooSky.GitOps.Reconciler.Tests.Git.RemoteRepository;

namespace OdooSky.GitOps.Reconciler.Tests.Git;

public sealed class HostileNamesTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/srv/fleet.git", "file")]
    [InlineData("file:///srv/fleet.git", "file")]
    [InlineData("https://github.com/acme/fleet.git", "https")]
    [InlineData("https://github.com:8443/acme/fleet", "https")]
    [InlineData("ssh://git@github.com/acme/fleet.git", "ssh")]
    [InlineData("ssh://git@github.com:2222/~ann/fleet.git", "ssh")]
    [InlineData("git@github.com:acme/fleet.git", "ssh")]
    [InlineData("github.com:acme/fleet.git", "ssh")]
    public void An_address_is_taken(string text, string protocol)
    {
        var reading = RemoteAddress.Read(text, new Place("odoosky.yaml", 6, 17));

        Assert.Null(reading.Problem);
        Assert.Equal((text, protocol), (reading.Address!.Text, reading.Address.Protocol));
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData("fleet.git", "is neither an absolute path nor a URL")]
    [InlineData("../fleet.git", "is neither an absolute path nor a URL")]
    [InlineData("-x", "is neither an absolute path nor a URL")]
    [InlineData("--upload-pack=x", "is neither an absolute path nor a URL")]
    [InlineData("-oProxyCommand=x:y", "is neither an absolute path nor a URL")]
    [InlineData("ext::sh", "is neither an absolute path nor a URL")]
    [InlineData("C:/fleet", "is neither an absolute path nor a URL")]
    [InlineData("git@-oProxyCommand=x:y", "is neither an absolute path nor a URL")]
    [InlineData("git@host:-x", "is neither an absolute path nor a URL")]
    [InlineData("ext::sh -c true", "holds a blank or a control character")]
    [InlineData("/srv/a\nb", "holds a blank or a control character")]
    [InlineData("//server/share", "starts with two slashes")]
    [InlineData("http://github.com/acme/fleet.git", "uses plain http, which anybody on the way can read and change")]
    [InlineData("http://localhost/fleet.git", "uses plain http, which anybody on the way can read and change")]
    [InlineData("git://github.com/acme/fleet.git", "uses a protocol other than https, ssh and file")]
    [InlineData("ext://x/y", "uses a protocol other than https, ssh and file")]
    [InlineData("https://ann:secret@github.com/acme/fleet.git", "holds a user name or a password")]
    [InlineData("https://token@github.com/acme/fleet.git", "holds a user name or a password")]
    [InlineData("https://github.com", "has no path")]
    [InlineData("https://github.com/x?y=1", "has a query or a fragment")]
    [InlineData("ssh://git:secret@github.com/x", "holds a password")]
    [InlineData("ssh://-oProxyCommand=x/y", "is not a URL that can be read")]
    [InlineData("ssh://-x@host/y", "has a part that starts with a dash")]
    [InlineData("ssh://host/-x", "has a part that starts with a dash")]
    [InlineData("file://server/share", "names a host in a file:// URL")]
    public void An_address_is_refused_and_the_problem_does_not_repeat_it(string? text, string fault)
    {
        var reading = RemoteAddress.Read(text, new Place("odoosky.yaml", 6, 17));

        Assert.Null(reading.Address);
        Assert.Equal($"The repository's address {fault}.", reading.Problem!.Message);
        Assert.DoesNotContain("secret", reading.Problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_address_has_a_cache_of_its_own_with_a_readable_name()
    {
        var one = RemoteAddress.Read("https://github.com/acme/fleet.git", new Place("x")).Address!;
        var other = RemoteAddress.Read("https://github.com/other/fleet.git", new Place("x")).Address!;

        Assert.Equal("fleet-062db98275ba", one.CacheName);
        Assert.NotEqual(one.CacheName, other.CacheName);
    }

    [Theory]
    [InlineData("--upload-pack=x")]
    [InlineData("-x")]
    [InlineData("HEAD")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData(".a")]
    [InlineData("a/.b")]
    [InlineData("a.lock")]
    [InlineData("a.lock/b")]
    [InlineData("a.")]
    [InlineData("a@{1}")]
    [InlineData("a~1")]
    [InlineData("a^")]
    [InlineData("a:b")]
    [InlineData("a?")]
    [InlineData("a*")]
    [InlineData("a[")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    public void A_branch_name_is_refused(string name) => Assert.Null(RefName.TryBranch(name));

    [Theory]
    [InlineData("main")]
    [InlineData("odoosky/prod/i-acme")]
    [InlineData("user@host")]
    [InlineData("ünï")]
    [InlineData("a%2eb")]
    public void A_branch_name_is_one_for_git_too(string name)
    {
        using var remote = new RemoteRepository();

        Assert.Equal(0, remote.TryGit("check-ref-format", RefName.TryBranch(name)!.Text).Exit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".git/hooks/x")]
    [InlineData("a/.GIT/config")]
    [InlineData("a/.git. /config")]
    [InlineData("a/.git::$INDEX_ALLOCATION/config")]
    [InlineData("a/GIT~1/config")]
    [InlineData("a/.g\u200cit/config")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u202eb")]
    [InlineData("a\ud800b")]
    public void A_path_is_refused(string path) => Assert.Null(RepositoryPath.TryParse(path));

    [Fact]
    public void A_path_part_longer_than_file_systems_take_is_refused() => Assert.Null(RepositoryPath.TryParse("a/" + new string('b', 256)));

    [Theory]
    [InlineData("instances/acme/values.yaml")]
    [InlineData("a b/\"c\"/'d'/ü/$x/-y/.gitignore/%2e%2e")]
    public void A_path_is_written_and_read_as_it_is(string path) => Assert.Equal(path, At(path).Text);

    [Theory]
    [InlineData("--upload-pack=x")]
    [InlineData("-x")]
    [InlineData("main:README")]
    [InlineData("main@{1}")]
    [InlineData("main^{/x}")]
    [InlineData(":/x")]
    [InlineData("a b")]
    [InlineData("main\ninfo HEAD")]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("odoosky-ready")]
    public async Task A_revision_that_is_none_is_not_found(string revision)
    {
        using var remote = new RemoteRepository();
        remote.Commit("main", "Start", ("a", "1"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        Assert.Null(await repository.ResolveAsync(revision, _cancellation));
        Assert.NotNull(await repository.ResolveAsync("main", _cancellation));
    }

    [Fact]
    public async Task A_revision_is_a_branch_an_id_or_steps_from_one()
    {
        using var remote = new RemoteRepository();
        var first = remote.Commit("main", "Start", ("a", "1"));
        var second = remote.Commit("main", "More", ("a", "2"));
        await using var repository = remote.Open();
        await repository.ReadRemoteAsync(Only(Main), _cancellation);

        Assert.Equal(second, await repository.ResolveAsync("main", _cancellation));
        Assert.Equal(second, await repository.ResolveAsync("refs/heads/main", _cancellation));
        Assert.Equal(second, await repository.ResolveAsync(second.Text, _cancellation));
        Assert.Equal(first, await repository.ResolveAsync(second.Text[..10] + "~1", _cancellation));
        Assert.Equal(first, await repository.ResolveAsync("main^", _cancellation));
    }

    [Theory]
    [InlineData(null, "ann@acme.example")]
    [InlineData("", "ann@acme.example")]
    [InlineData("Ann", "")]
    [InlineData("Ann <x>", "ann@acme.example")]
    [InlineData("Ann\n", "ann@acme.example")]
    [InlineData(" Ann", "ann@acme.example")]
    [InlineData("Ann.", "ann@acme.example")]
    [InlineData("Ann", "ann @acme.example")]
    [InlineData("Ann", "ann@acme.example>\ncommitter x")]
    public void An_identity_that_would_break_a_commit_is_none(string? name, string? email) => Assert.Null(Identity.TryParse(name, email));

    [Theory]
    [InlineData(5, "+0200", "5 +0200")]
    [InlineData(5, "-1130", "5 -1130")]
    [InlineData(5, "+051800", "5 +0000")]
    [InlineData(5, "-7500", "5 +0000")]
    [InlineData(5, "", "5 +0000")]
    [InlineData(-5, "+0000", "0 +0000")]
    public void A_date_that_forges_would_refuse_is_mended(long seconds, string zone, string text) => Assert.Equal(text, new GitDate(seconds, zone).ToString());
}
