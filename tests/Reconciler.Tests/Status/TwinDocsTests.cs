using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using OdooSky.GitOps.Reconciler.Status.Views;
using OdooSky.GitOps.Reconciler.Tests.Docs;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Status;

public sealed class TwinDocsTests
{
    private static readonly Type[] Views = [.. typeof(StatusView).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StatusView)))];

    [Fact]
    public void Each_field_and_kind_of_the_twins_is_described()
    {
        var page = string.Join('\n', DocPage.Of("docs/reference/status-page.md").Lines);
        var seen = new HashSet<Type>();
        foreach (var view in Views) Walk(view, seen);
        var fields = seen.SelectMany(type => Properties(type).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))).Distinct().ToList();

        Assert.True(fields.Count > 80, "the test must see the fields that it judges");
        Assert.All(fields.Concat(Views.Select(KindOf)), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_view_can_be_written() =>
        Assert.Equal(Views.Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))),
            typeof(ViewJson).GetCustomAttributesData().Where(data => data.AttributeType == typeof(JsonSerializableAttribute)).Select(data => (Type)data.ConstructorArguments[0].Value!).OrderBy(type => type.Name, StringComparer.Ordinal));

    private static string KindOf(Type view) => "Status" + view.Name.Replace("View", "", StringComparison.Ordinal);

    private static void Walk(Type type, HashSet<Type> seen)
    {
        if (type.Namespace != typeof(StatusView).Namespace || !seen.Add(type)) return;
        foreach (var property in Properties(type))
            foreach (var part in property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments().Append(property.PropertyType) : [property.PropertyType]) Walk(part, seen);
        foreach (var part in type.IsGenericType ? type.GetGenericArguments() : []) Walk(part, seen);
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null);
}
