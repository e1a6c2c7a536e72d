using OdooSky.GitOps.Reconciler.Rollout;
using Xunit;

namespace OdooSky.GitOps.Reconciler.Tests.Rollout;

public sealed class LayeredTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(1000)]
    public void It_is_what_a_dictionary_would_be_after_any_changes(int rows)
    {
        var dice = new Random(rows);
        var truth = Enumerable.Range(0, rows).ToDictionary(key => key, key => "first");
        var table = new LayeredTable<int, string>(new Dictionary<int, string>(truth));
        for (var step = 0; step < 2000; step++)
        {
            var key = dice.Next(rows + 200);
            var before = table;
            var had = before.TryGetValue(key, out var old);
            if (dice.Next(2) == 0)
            {
                table = table.SetItem(key, $"{step}");
                truth[key] = $"{step}";
            }
            else
            {
                table = table.Remove(key);
                truth.Remove(key);
            }

            Assert.Equal((had, old), (before.TryGetValue(key, out var still), still));
            Assert.Equal((truth.Count, truth.ContainsKey(key)), (table.Count, table.ContainsKey(key)));
            if (step % 50 == 0) Assert.Equal(truth.OrderBy(row => row.Key), table.OrderBy(row => row.Key));
        }

        Assert.Equal(truth.Keys.Order(), table.Keys.Order());
        Assert.Equal(truth.Values.Order(StringComparer.Ordinal), table.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_table_that_compares_keys_in_its_own_way_goes_on_doing_so()
    {
        var table = new LayeredTable<string, int>(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Acme"] = 1 }).SetItem("ACME", 2);

        Assert.Equal((1, 2), (table.Count, table["acme"]));
        Assert.Throws<KeyNotFoundException>(() => table.Remove("aCme")["acme"]);
    }
}
