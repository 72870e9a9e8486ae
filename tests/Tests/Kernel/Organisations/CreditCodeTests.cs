using FsCheck.Xunit;
using Lodestone.Kernel.Organisations;

namespace Lodestone.Tests.Kernel.Organisations;

public sealed class CreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Theory]
    [InlineData("91350100M000100Y43", null)] // GB 32100-2015, worked example
    [InlineData("91350100M000100Y4", CreditCode.WrongLength)]
    [InlineData("91350100M000100Y4A", CreditCode.WrongCheckDigit)]
    [InlineData("91350100M000100Y433", CreditCode.WrongLength)]
    [InlineData("91350100m000100Y43", CreditCode.WrongCharacter)]
    [InlineData("91350100I000100Y43", CreditCode.WrongCharacter)]
    [InlineData("9135010 M000100Y43", CreditCode.WrongCharacter)]
    [InlineData("９1350100M000100Y43", CreditCode.WrongCharacter)]
    [InlineData("", CreditCode.WrongLength)]
    [InlineData(null, CreditCode.WrongLength)]
    public void A_code_is_accepted_or_refused_with_its_reason(string? code, string? reason)
    {
        Assert.Equal((reason is null, reason), CreditCode.Check(code));
    }

    [Fact]
    public void The_worked_example_gives_its_check_characters()
    {
        Assert.Equal('3', CreditCode.CheckCharacter("91350100M000100Y4"));
        Assert.Equal('4', CreditCode.OrganisationCheckCharacter("M000100Y"));
        Assert.Throws<ArgumentException>(() => CreditCode.CheckCharacter("9135"));
    }

    [Fact]
    public void A_wrong_organisation_code_under_a_right_check_digit_is_its_own_reason()
    {
        const string body = "91350100M000100Y5";

        Assert.Equal((false, CreditCode.WrongOrganisationCode), CreditCode.Check(body + CreditCode.CheckCharacter(body)));
    }

    [Fact]
    public void Published_codes_are_judged_as_their_check_digits_say()
    {
        foreach (var row in SharedData.Rows("credit-codes.csv"))
        {
            var expected = row[2] != "True" ? CreditCode.WrongCheckDigit : row[3] != "True" ? CreditCode.WrongOrganisationCode : null;

            Assert.Equal((expected is null, expected), CreditCode.Check(row[0]));
        }
    }

    [Property(MaxTest = 500)]
    public void A_remainder_of_nought_gives_nought_and_every_single_slip_is_seen(int seed)
    {
        var random = new Random(seed);
        var organisation = new string(random.GetItems<char>(Alphabet, 8));
        var body = "91340500" + organisation + CreditCode.OrganisationCheckCharacter(organisation);
        var code = body + CreditCode.CheckCharacter(body);
        Assert.Equal((true, null), CreditCode.Check(code));

        var slip = code.ToCharArray();
        var at = random.Next(18);
        slip[at] = Alphabet[(Alphabet.IndexOf(slip[at], StringComparison.Ordinal) + 1 + random.Next(30)) % 31];
        Assert.False(CreditCode.Check(new string(slip)).Valid);
    }
}
