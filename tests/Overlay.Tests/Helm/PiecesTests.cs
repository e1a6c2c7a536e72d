using System.Text;
using OdooSky.GitOps.Overlay.Helm;
using OdooSky.GitOps.Overlay.Helm.Yaml;
using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Helm;

/// <summary>The small parts of the reader by themselves: growing lists, the queue of tokens, lines and columns.</summary>
public sealed class PiecesTests
{
    [Fact]
    public void A_list_on_a_rented_array_grows_and_keeps_its_order()
    {
        var list = new PooledList<int>(1);
        for (var i = 0; i < 100; i++) list.Add(i);
        list.Insert(0, -1);
        list.Insert(50, 1000);
        list.Insert(list.Count, 2000);
        Assert.Equal([-1, .. Enumerable.Range(0, 49), 1000, .. Enumerable.Range(49, 51), 2000], list.Span.ToArray());
        list.RemoveFirst(2);
        list.RemoveLast();
        Assert.Equal((100, 1, 99), (list.Count, list[0], list.Last));
        list.Clear();
        Assert.Equal(0, list.Count);
        list.Release();
    }

    [Fact]
    public void A_full_list_takes_an_insertion_and_a_range()
    {
        foreach (var size in new[] { 15, 16, 17, 31, 32, 33 })
        {
            var list = new PooledList<byte>(16);
            list.AddRange(new byte[size]);
            list.Insert(1, 7);
            list.AddRange([1, 2, 3]);
            list.Room(100)[0] = 9;
            list.Advance(1);
            Assert.Equal([0, 7, .. new byte[size - 1], 1, 2, 3, 9], list.Span.ToArray());
            list.Release();
        }
    }

    [Fact]
    public void Room_is_at_least_what_was_asked_for()
    {
        var list = new PooledList<byte>(16);
        for (var asked = 1; asked < 300; asked += 7)
        {
            Assert.True(list.Room(asked).Length >= asked);
            list.Advance(asked);
        }

        list.Release();
    }

    [Fact]
    public void Tokens_keep_their_numbers_while_the_queue_moves_on()
    {
        var queue = new TokenQueue();
        var expected = 0;
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(i, queue.NextNumber);
            queue.Add(new Token { Start = i });
            if (i % 3 == 2) continue;
            Assert.Equal((expected, expected), (queue.HeadNumber, queue.Head.Start));
            queue.Take();
            expected++;
        }

        Assert.False(queue.IsEmpty);
        queue.Insert(expected, new Token { Start = -1 });
        Assert.Equal(-1, queue.Head.Start);
        queue.Take();
        Assert.Equal(expected, queue.Head.Start);
        queue.Insert(0, new Token { Start = -2 });
        while (queue.NextNumber > queue.HeadNumber + 1) queue.Take();
        Assert.Equal(-2, queue.Head.Start);
        queue.Take();
        Assert.True(queue.IsEmpty);
        queue.Release();
    }

    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("ab", 1, 1, 2)]
    [InlineData("ab", 2, 1, 3)]
    [InlineData("ab", 9, 1, 3)]
    [InlineData("a\nb", 1, 1, 2)]
    [InlineData("a\nb", 2, 2, 1)]
    [InlineData("a\n", 2, 2, 1)]
    [InlineData("a\r\nb", 2, 1, 3)]
    [InlineData("a\r\nb", 3, 2, 1)]
    [InlineData("a\rb", 2, 2, 1)]
    [InlineData("a\r", 2, 2, 1)]
    [InlineData("a\r\r\n\nb", 5, 4, 1)]
    [InlineData("é\u2028é", 5, 1, 3)]
    [InlineData("\U0001F600x", 4, 1, 2)]
    public void Lines_end_as_editors_end_them_and_columns_count_characters(string text, int offset, int line, int column) =>
        Assert.Equal((line, column), new TextPlaces(Encoding.UTF8.GetBytes(text)).Of(offset));

    [Fact]
    public void Columns_of_a_cursor_count_characters_and_its_lines_all_breaks()
    {
        var cursor = new Cursor(Encoding.UTF8.GetBytes("é€😀\u2028\u0085\r\n\rx"), 0, 0);
        for (var i = 0; i < 3; i++) cursor.Skip();
        Assert.Equal((9, 3, 0), (cursor.Position, cursor.Column, cursor.Line));
        for (var i = 0; i < 4; i++) cursor.SkipBreak();
        Assert.Equal((17, 0, 4), (cursor.Position, cursor.Column, cursor.Line));
        cursor.EndLine();
        Assert.Equal(4, cursor.Line);
        cursor.SkipAscii(1);
        cursor.EndLine();
        Assert.Equal((0, 5, true), (cursor.Column, cursor.Line, cursor.AtEnd));
        Assert.Equal((0, 0), (cursor.Current, cursor.Peek(3)));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("1e", false)]
    [InlineData("e1", false)]
    [InlineData("1e1e1", false)]
    [InlineData("1f", false)]
    [InlineData("12", true)]
    [InlineData("1e1", true)]
    [InlineData("1e308", true)]
    [InlineData("1e309", false)]
    [InlineData("eeee", false)]
    public void Digits_with_one_exponent_look_like_a_number(string hash, bool looks) => Assert.Equal(looks, AddonsHash.LooksLikeNumber(hash));
}
