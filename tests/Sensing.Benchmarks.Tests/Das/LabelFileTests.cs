using Sensing.Benchmarks.Das;

namespace Sensing.Benchmarks.Tests.Das;

public sealed class LabelFileTests
{
    [Fact]
    public void Any_positions_may_be_labelled_and_the_one_that_every_clear_row_has_scores()
    {
        LabelSet set = Parse("t_40,t_97.5,t_180,strength,confidence,note", ",12.5,10,strong,clear,", "9,20,,faint,clear,\"one, two\"", ",,31,medium,doubtful,");
        Assert.Equal([40, 97.5, 180], set.Positions);
        Assert.Equal(97.5, set.ScoredM);
        Assert.Equal((40, 180), set.SpeedBetween);
        Assert.Equal("one, two", set.Rows[1].Note);
        Assert.Equal([2, 3, 4], set.Rows.Select(r => r.Line));
        Assert.False(set.Rows[2].Clear);
    }

    [Fact]
    public void Of_several_common_positions_the_nearest_to_the_described_one_scores() =>
        Assert.Equal(70, Parse("t_20,t_70,t_150,strength,confidence", "1,2,3,strong,clear", "4,5,6,strong,clear").ScoredM);

    [Fact]
    public void One_position_alone_scores_without_speeds() =>
        Assert.Null(Parse("t_97,strength,confidence", "4,strong,clear").SpeedBetween);

    [Theory]
    [InlineData("is empty")]
    [InlineData("line 1: there is no column 'confidence'", "t_65,strength", "1,strong")]
    [InlineData("line 1: there is no column of times", "strength,confidence", "strong,clear")]
    [InlineData("line 1: 't_x' does not name a position", "t_x,strength,confidence")]
    [InlineData("line 1: the column 't_65' is named twice", "t_65,t_65,strength,confidence")]
    [InlineData("line 4: 'soon' is no time in seconds", "t_65,strength,confidence", "1,strong,clear", "", "soon,strong,clear")]
    [InlineData("line 2: strength is 'loud': it must be one of strong, medium, faint", "t_65,strength,confidence", "1,loud,clear")]
    [InlineData("line 2: confidence is 'sure': it must be one of clear, doubtful", "t_65,strength,confidence", "1,strong,sure")]
    [InlineData("line 2: 4 cells where the first line names 3 columns", "t_65,strength,confidence", "1,strong,clear,a note")]
    [InlineData("line 2: a double quote is not closed", "t_65,strength,confidence,note", "1,strong,clear,\"a")]
    [InlineData("line 3: this clear row has no t_65", "t_65,t_230,strength,confidence", "2,1,strong,clear", ",9,strong,clear", "12,,strong,clear")]
    public void A_mistake_is_told_with_file_line_and_remedy(string expected, params string[] lines)
    {
        string message = Assert.Throws<MeasureException>(() => Parse(lines)).Message;
        Assert.StartsWith("labels.csv", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(':', message);
    }

    private static LabelSet Parse(params string[] lines) => LabelFile.Parse("labels.csv", lines);
}
