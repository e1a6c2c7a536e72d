using System.Text.RegularExpressions;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.House;

/// <summary>The shape of the house, kept by tests: who may use whom, how long things may be, what they may be called.</summary>
public sealed partial class HouseRules
{
    /// <summary>From the ground floor up: a room may use rooms that stand before it.</summary>
    private static readonly string[] Floors =
    [
        "Overlay.Helm.Yaml", "Overlay.Helm", "Overlay.Desired", "Overlay.Kept", "Overlay.Document", "Overlay.Plan",
        "Reconciler.Telemetry", "Reconciler.Rollout", "Reconciler.Git", "Reconciler.Settings", "Reconciler.Schemas", "Reconciler.Desired", "Reconciler.Replicas", "Reconciler.Proposals", "Reconciler.GitHub",
        "Reconciler.Cluster", "Reconciler.Notes", "Reconciler.Suspensions", "Reconciler.Life", "Reconciler.Passes", "Reconciler.Audit", "Reconciler.Promotion", "Reconciler.Proof", "Reconciler.Doctor", "Reconciler",
        "Reconciler.Schedule", "Reconciler.Machines", "Reconciler.Hooks", "Reconciler.Status.Markup", "Reconciler.Status.Views", "Reconciler.Status.Pages", "Reconciler.Status.Site", "Reconciler.Status", "Reconciler.Cli", "Sandbox.GitHub", "Sandbox.Kubernetes", "Sandbox.ArgoCd", "Sandbox",
    ];

    /// <summary>Adapters know neither each other nor the run.</summary>
    private static readonly string[] Adapters = ["Reconciler.Git", "Reconciler.Desired", "Reconciler.GitHub", "Reconciler.Cluster"];

    private static readonly string[] Ports = ["IPullRequests", "IRollouts"];

    private static readonly Dictionary<string, string[]> Libraries = new()
    {
        ["Spectre.Console"] = ["Reconciler.Cli"],
        ["System.CommandLine"] = ["Reconciler.Cli"],
        ["Npgsql"] = ["Reconciler.Desired", "Reconciler.Replicas"],
        ["Microsoft.Data.Sqlite"] = ["Reconciler.Desired"],
        ["Dapper"] = ["Reconciler.Desired"],
        ["System.Diagnostics"] = ["Reconciler.Git", "Reconciler.Cluster", "Reconciler.Cli", "Reconciler.Passes", "Reconciler.Telemetry", "Reconciler.Schedule", "Reconciler.Machines"],
        ["System.Net.Http"] = ["Reconciler.GitHub", "Reconciler.Cluster", "Reconciler.Hooks"],
        ["System.Net.Security"] = ["Reconciler.GitHub", "Reconciler.Cluster"],
        ["Quartz"] = ["Reconciler.Schedule"],
        ["OpenTelemetry"] = ["Reconciler.Machines"],
        ["Microsoft.AspNetCore"] = ["Reconciler.Status", "Reconciler.Status.Site", "Reconciler.Machines", "Reconciler.Hooks"],
        ["YamlDotNet"] = [],
    };

    [Fact]
    public void Every_file_stands_in_a_room_that_is_its_folder()
    {
        var misplaced = SourceFile.All.Where(file =>
            file.Room != Path.GetDirectoryName(file.Path)!["src/".Length..].Replace('/', '.'));

        Assert.Empty(misplaced.Select(file => $"{file.Path}: {file.Room}"));
    }

    [Fact]
    public void Rooms_stand_in_a_line_and_use_only_what_is_below()
    {
        var upwards = from file in SourceFile.All
            from used in file.RoomsUsed
            where !file.Path.EndsWith("Reconciler/Program.cs", StringComparison.Ordinal) // the door stands above all rooms
            where Array.IndexOf(Floors, used) < 0 || Array.IndexOf(Floors, used) >= Array.IndexOf(Floors, file.Room)
            select $"{file.Path} uses {used}";

        Assert.Empty(upwards);
    }

    [Fact]
    public void Adapters_do_not_know_each_other()
    {
        var ties = from file in SourceFile.All
            where Adapters.Contains(file.Room)
            from used in file.RoomsUsed
            where Adapters.Contains(used)
            select $"{file.Path} uses {used}";

        Assert.Empty(ties);
    }

    [Fact]
    public void Each_library_stays_in_its_room()
    {
        var strays = from file in SourceFile.All
            from library in file.LibrariesUsed
            from rule in Libraries
            where library == rule.Key || library.StartsWith(rule.Key + ".", StringComparison.Ordinal)
            where !rule.Value.Contains(file.Room) && !file.Room.StartsWith("Sandbox", StringComparison.Ordinal)
            select $"{file.Path} uses {library}";

        Assert.Empty(strays);
    }

    [Fact]
    public void The_overlay_library_and_the_judge_are_pure()
    {
        string[] impure = ["System.IO", "System.Net", "System.Diagnostics", "System.Threading.Tasks", "Microsoft.Extensions"];
        var files = SourceFile.All.Where(file => file.Room.StartsWith("Overlay", StringComparison.Ordinal) || file.Room == "Reconciler.Rollout").ToList();
        var uses = from file in files
            from library in file.LibrariesUsed
            where impure.Any(name => library == name || library.StartsWith(name + ".", StringComparison.Ordinal))
            select $"{file.Path} uses {library}";
        var calls = files.Where(file => file.Lines.Any(line => ImpureCall().IsMatch(line))).Select(file => file.Path);

        Assert.Empty(uses.Concat(calls));
    }

    [Fact]
    public void No_file_is_longer_than_250_lines() =>
        Assert.Empty(SourceFile.All.Where(file => file.Lines.Length > 250).Select(file => $"{file.Path}: {file.Lines.Length}"));

    [Fact]
    public void No_method_is_longer_than_24_lines()
    {
        var all = SourceFile.All.SelectMany(file => file.Members().Select(member => (file.Path, member.Member, member.Length))).ToList();

        Assert.True(all.Count > 100, "the rule must see the methods that it judges");
        Assert.Empty(all.Where(member => member.Length > 24).Select(member => $"{member.Path}: {member.Member}: {member.Length}"));
    }

    [Fact]
    public void Interfaces_are_only_the_ports()
    {
        var interfaces = SourceFile.All.SelectMany(file => file.Lines)
            .Select(line => InterfaceName().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

        Assert.Empty(interfaces.Except(Ports));
    }

    [Fact]
    public void No_type_has_a_name_without_a_job()
    {
        var names = SourceFile.All.SelectMany(file => file.Lines)
            .Select(line => TypeName().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.True(names.Count > 50, "the rule must see the types that it judges");
        Assert.DoesNotContain(names, name => JoblessName().IsMatch(name));
    }

    [Fact]
    public void There_is_one_catch_all_in_the_program()
    {
        var catches = SourceFile.All.SelectMany(file => file.Lines.Where(line => CatchAll().IsMatch(line)).Select(_ => file.Path));

        Assert.True(catches.Count() <= 1, string.Join(", ", catches));
    }

    [Fact]
    public void No_warning_is_switched_off_in_code_and_nothing_is_left_to_do()
    {
        var marks = from file in SourceFile.All
            from line in file.Lines
            where Unfinished().IsMatch(line)
            select $"{file.Path}: {line.Trim()}";

        Assert.Empty(marks);
    }

    [GeneratedRegex(@"(?<![.\w])(File\.(Read|Write|Exists|Delete|Copy|Move|Append)|(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)|(Directory|Environment|Console|Process|Random|TimeProvider)\.[A-Z])")]
    private static partial Regex ImpureCall();

    [GeneratedRegex(@"^\s*(?:public|internal)?\s*(?:partial )?interface (\w+)")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|sealed|static|abstract|partial|readonly|ref)\s+)*(?:class|record struct|record|struct|enum)\s+(\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Utility|Manager|Service|Processor|Base|Impl|Dto|Info)$")]
    private static partial Regex JoblessName();

    [GeneratedRegex(@"catch\s*(\{|$|\(Exception\b(?!.*\bwhen\b))")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"#pragma warning|SuppressMessage|\bTODO\b|\bFIXME\b|NotImplementedException")]
    private static partial Regex Unfinished();
}
