using Xunit;

namespace OdooSky.GitOps.Overlay.Tests.Document;

/// <summary>What holds for every edit, seen on 20,000 generated files.</summary>
public sealed class EditPropertyTests(EditSweep sweep) : IClassFixture<EditSweep>
{
    [Fact]
    public void The_sweep_is_wide() => Assert.True(sweep.Files >= 20_000);

    [Fact]
    public void Rows_are_as_wished_and_all_other_values_are_the_old_ones() => sweep.AssertHolds();

    [Fact]
    public void Rows_that_stay_keep_their_order() => sweep.AssertHolds();

    [Fact]
    public void Lines_that_are_not_managed_keep_every_byte() => sweep.AssertHolds();

    [Fact]
    public void Remarks_of_what_stays_are_there_once_and_in_order() => sweep.AssertHolds();

    [Fact]
    public void Editing_twice_changes_nothing() => sweep.AssertHolds();

    [Fact]
    public void What_differs_only_in_writing_is_left_alone() => sweep.AssertHolds();

    [Fact]
    public void The_hash_is_the_old_one_exactly_when_no_row_changes() => sweep.AssertHolds();

    [Fact]
    public void Adding_rows_and_removing_them_again_restores_the_bytes() => sweep.AssertHolds();

    [Fact]
    public void Changing_versions_and_changing_them_back_restores_the_bytes() => sweep.AssertHolds();

    [Fact]
    public void A_new_line_ends_as_its_file_ends_lines() => sweep.AssertHolds();
}
