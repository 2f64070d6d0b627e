using EOrda.Queues.Applications;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 3: the order of a queue.</summary>
public sealed class Orders
{
    [Theory]
    [InlineData(1, 3, "first-priority", "O1 O2 F1 G1 G2 G3 F2 G4 G5 F3")]
    [InlineData(1, 3, "general", "O1 O2 G1 G2 G3 F1 G4 G5 F2 F3")]
    [InlineData(1, 1, "first-priority", "O1 O2 F1 G1 F2 G2 F3 G3 G4 G5")]
    [InlineData(2, 1, "first-priority", "O1 O2 F1 F2 G1 F3 G2 G3 G4 G5")]
    [InlineData(2, 1, "general", "O1 O2 G1 F1 F2 G2 F3 G3 G4 G5")]
    [InlineData(1, 9, "general", "O1 O2 G1 G2 G3 G4 G5 F1 F2 F3")]
    [InlineData(5, 1, "first-priority", "O1 O2 F1 F2 F3 G1 G2 G3 G4 G5")]
    public void First_priority_and_general_are_merged_by_the_ratio(int first, int general, string lead, string order)
    {
        var town = new Town(rules => (rules.Ratio, rules.Lead) = ([first, general], lead));
        FileMixed(town);
        Assert.Equal(order, town.Order());
    }

    [Fact]
    public void Each_position_is_that_of_the_order()
    {
        var town = new Town();
        FileMixed(town);
        var order = town.Order().Split(' ');
        for (var i = 0; i < order.Length; i++)
        {
            Assert.Equal($"waiting {i + 1}", town.State(order[i]));
        }
    }

    [Fact]
    public void An_earlier_instant_comes_first_and_the_registration_breaks_ties()
    {
        var town = new Town();
        town.Files("A", submitted: "2026-05-02 10:00");
        town.Files("B", submitted: "2026-05-01 10:00");
        town.Files("C", submitted: "2026-05-02 10:00");
        town.Files("D", submitted: "2026-05-02 09:59:59.999");
        Assert.Equal("B D A C", town.Order());
    }

    [Theory]
    [InlineData("almaty/special/2022")]
    [InlineData("almaty/sanatorium/allergy")]
    public void In_special_and_sanatorium_queues_categories_do_not_count(string queue)
    {
        var town = new Town();
        town.Files("A", Category.General, queue);
        town.Files("B", Category.OutOfTurn, queue);
        town.Files("C", Category.FirstPriority, queue);
        town.Changes("A", Category.OutOfTurn);
        Assert.Equal("A B C", town.Order(queue));
        Assert.Equal(new CategoryCounts(0, 0, 3), town.QueueNamed(queue).Counts);
    }

    [Fact]
    public void A_new_category_takes_the_place_of_its_original_instant()
    {
        var town = new Town();
        FileMixed(town);
        Assert.Equal("waiting 2", town.Changes("G4", Category.OutOfTurn));
        Assert.Equal("O1 G4 O2 F1 G1 G2 G3 F2 G5 F3", town.Order());
        Assert.Equal("waiting 7", town.Changes("O1", Category.FirstPriority));
        Assert.Equal("waiting 7", town.Changes("G4", Category.General));
        Assert.Equal("O2 F1 G1 G2 G3 O1 G4 G5 F2 F3", town.Order());
    }

    [Fact]
    public void Without_carry_the_pattern_starts_afresh_on_every_look()
    {
        var town = Carrying(carry: false);
        town.Refer("F1", "s1");
        Assert.Equal("F2 G1 G2 G3 G4", town.Order());
    }

    [Fact]
    public void With_carry_a_first_priority_referral_makes_the_general_ones_due()
    {
        var town = Carrying(carry: true);
        Assert.Equal("F1 G1 G2 G3 F2 G4", town.Order());
        town.Refer("F1", "s1");
        Assert.Equal("G1 G2 G3 F2 G4", town.Order());
        town.Refer("G1", "s2");
        Assert.Equal("G2 G3 F2 G4", town.Order());
        town.Refer("G2", "s3");
        town.Refer("G3", "s4");
        Assert.Equal("F2 G4", town.Order());
        town.Refer("G4", "s5");
        Assert.Equal(0, town.QueueNamed().Pattern.Phase);
    }

    [Fact]
    public void With_carry_an_undone_referral_does_not_bring_the_phase_back()
    {
        var town = Carrying(carry: true);
        town.Refer("F1", "s1");
        town.Revokes("s1");
        Assert.Equal("G1 G2 G3 F1 G4 F2", town.Order());
    }

    [Fact]
    public void With_carry_neither_an_out_of_turn_referral_nor_open_access_moves_the_pattern()
    {
        var town = Carrying(carry: true);
        town.Files("O1", Category.OutOfTurn);
        town.Refer("O1", "s1");
        Assert.Equal("F1 G1 G2 G3 F2 G4", town.Order());
        town.At("2026-06-05 07:00").Refer("F1", "s2");
        Assert.Equal("F2 G1 G2 G3 G4", town.Order());
    }

    [Fact]
    public void With_carry_and_the_general_lead_the_pattern_starts_with_the_general_ones()
    {
        var town = new Town(rules => (rules.Carry, rules.Lead) = (true, "general"));
        FileMixed(town);
        Assert.Equal("O1 O2 G1 G2 G3 F1 G4 G5 F2 F3", town.Order());
    }

    [Fact]
    public void One_that_holds_a_reservation_keeps_its_position_until_the_referral()
    {
        var town = new Town().Filed("A", "B", "C").Freed("s1").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        Assert.Equal("A B C", town.Order());
        town.Confirms("A");
        Assert.Equal("B C", town.Order());
    }

    [Fact]
    public void A_page_of_the_order_begins_where_it_is_asked_to()
    {
        var queue = new Town().Filed("A", "B", "C", "D").QueueNamed();
        Assert.Equal(["B", "C"], queue.OrderFrom(2, 2));
        Assert.Equal(["D"], queue.OrderFrom(4, 10));
        Assert.Empty(queue.OrderFrom(5, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.OrderFrom(0, 1));
    }

    private static void FileMixed(Town town)
    {
        foreach (var name in "G1 F1 G2 O1 G3 F2 G4 G5 F3 O2".Split(' '))
        {
            town.Files(name, name[0] switch { 'O' => Category.OutOfTurn, 'F' => Category.FirstPriority, _ => Category.General });
        }
    }

    /// <summary>F1, F2 and G1 to G4 wait before five places that are in priority access until 5 June 07:00, and everybody is in the window.</summary>
    private static Town Carrying(bool carry)
    {
        var town = new Town(rules => (rules.Carry, rules.WindowFactor) = (carry, 9));
        town.Files("F1", Category.FirstPriority);
        town.Files("F2", Category.FirstPriority);
        return town.Filed("G1", "G2", "G3", "G4").Freed("s1", "s2", "s3", "s4", "s5").At("2026-06-02 07:00");
    }
}
